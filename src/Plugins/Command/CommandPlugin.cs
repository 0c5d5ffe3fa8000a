using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Command;

/// <summary>
/// Azkaban's <c>command</c>: one or more command lines, each cut into words and run without a shell, in order, until one fails.
/// </summary>
[NodeType(
    "command", Title = "Command", TitleZh = "命令", Description = "Runs command lines, one after the other.", DescriptionZh = "依次执行命令行。",
    Settings = typeof(CommandSettings))]
public sealed class CommandPlugin(ProcessOptions options, ScratchFiles scratch) : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        var lines = Lines(context.Properties);
        if (lines.Count == 0) return PropertyReader.Missing("command");

        var commands = lines.Select(CommandTokenizer.Split).ToList();
        if (commands.Any(words => words.Count == 0))
            return new NodeResult.Failed("command.empty", "A command line holds no program", CanRetry: false);

        var (job, failure) = await ProcessJob.OpenAsync(context, options, scratch, cancellationToken);
        if (job is null) return failure!;

        using (job) return await job.RunAsync(commands, cancellationToken);
    }

    /// <summary><c>command</c>, then <c>command.1</c>, <c>command.2</c> … up to the first number that is missing.</summary>
    internal static IReadOnlyList<string> Lines(IReadOnlyDictionary<string, string> properties)
    {
        List<string> lines = [];
        for (var key = "command"; properties.TryGetValue(key, out var line); key = NumberedKey(lines.Count)) lines.Add(line);
        return lines;
    }

    private static string NumberedKey(int number) => string.Create(CultureInfo.InvariantCulture, $"command.{number}");
}
