using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Shell;

/// <summary>
/// A script written in the node itself (property <c>script</c>) or in a file of the package (<c>script.file</c>), run by
/// <c>interpreter</c>, else by what its <c>#!</c> line names, else by bash or sh.
/// </summary>
/// <remarks>
/// Parameters come as variables <c>PARAM_…</c>, as those declared with <c>param.…</c>, and as words of <c>arguments</c>, so a value is
/// never read as a piece of the script. Only <c>${…}</c> inside the script's own text is.
/// </remarks>
[NodeType(
    "shell", Title = "Shell script", TitleZh = "Shell 脚本", Description = "Runs a script on a worker.", DescriptionZh = "在工作节点上运行脚本。",
    Settings = typeof(ShellSettings))]
public sealed class ShellPlugin(ProcessOptions options, ScratchFiles scratch) : NodePlugin<ShellSettings>
{
    protected override async Task<NodeResult> RunAsync(ShellSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        if (ProxyUser.Resolve(settings.UserToProxy, Submitter(context), options, out var user) is { } refusal) return refusal;
        if (ResourceLimits.Read(settings, options, out var limits) is { } badLimit) return badLimit;

        var (script, badScript) = await Script.ReadAsync(settings, context, options.MaxScript, cancellationToken);
        if (script is null) return badScript!;

        foreach (var warning in script.Warnings) await context.Log.WriteLineAsync(LogLevel.Warn, warning, cancellationToken);
        var (job, failure) = await ProcessJob.OpenAsync(context, options, scratch, cancellationToken);
        if (job is null) return failure!;

        using (job)
        {
            if (ScriptParameters.AddDeclared(job.Environment, settings.Param) is { } badName) return badName;
            var omitted = ScriptParameters.AddTo(job.Environment, context.Properties);
            if (omitted.Count > 0)
                await context.Log.WriteLineAsync(LogLevel.Warn, ScriptParameters.Explain(omitted), cancellationToken);

            if (user is not null)
            {
                job.HandOver(user);
                ProxyUser.AddTo(job.Environment, user);
            }

            var file = script.Path ?? job.Files.Create("script", script.Content, user);
            string[] front = [.. limits, .. user is null ? [] : ProxyUser.Front(user)];
            return await job.RunAsync([[.. front, .. script.Interpreter, file, .. ScriptArguments.Read(settings.Arguments)]], cancellationToken);
        }
    }

    private static string? Submitter(NodeContext context) => context.Properties.GetValueOrDefault("azkaban.flow.submituser");
}
