using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Shell;

/// <summary>
/// A script written in the node itself (property <c>script</c>), run by <c>interpreter</c>, else by what its <c>#!</c> line names,
/// else by bash or sh.
/// </summary>
/// <remarks>
/// Parameters come as variables <c>PARAM_…</c> and as words of <c>arguments</c>, so a value is never read as a piece of the script.
/// </remarks>
[NodeType(
    "shell", Title = "Shell script", TitleZh = "Shell 脚本", Description = "Runs a script that is written in the node.", DescriptionZh = "运行写在节点中的脚本。",
    Settings = typeof(ShellSettings))]
public sealed class ShellPlugin(ProcessOptions options, ScratchFiles scratch) : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        if (Script.Read(context.Properties, options.MaxScript, out var script) is { } badScript) return badScript;

        foreach (var warning in script.Warnings) await context.Log.WriteLineAsync(LogLevel.Warn, warning, cancellationToken);
        var (job, failure) = await ProcessJob.OpenAsync(context, options, scratch, cancellationToken);
        if (job is null) return failure!;

        using (job)
        {
            var omitted = ScriptParameters.AddTo(job.Environment, context.Properties);
            if (omitted.Count > 0)
                await context.Log.WriteLineAsync(LogLevel.Warn, ScriptParameters.Explain(omitted), cancellationToken);

            var file = job.Files.Create("script", script.Content);
            var arguments = CommandTokenizer.Split(context.Properties.GetValueOrDefault("arguments", ""));
            return await job.RunAsync([[.. script.Interpreter, file, .. arguments]], cancellationToken);
        }
    }
}
