using System.Text.RegularExpressions;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>
/// Logs have no holes and no overlaps, an attempt whose end is recorded has all its lines, and pages put together are the whole.
/// </summary>
internal static partial class LogCheck
{
    public static CheckResult Look(CaseFile file)
    {
        var logs = file.Evidence.Logs.ToDictionary(log => (log.Execution, log.Node, log.Attempt));
        return new(
            "logs", logs.Count + file.Evidence.PagedLogs.Count,
            [
                .. logs.Values.SelectMany(FindHoles),
                .. file.Cases.SelectMany(one => FindMissingLines(one, logs)),
                .. file.Evidence.PagedLogs.Where(log => log.Whole != log.Paged).Select(log => new Violation(
                    $"the log of node {log.Path} of execution {log.Execution} is another in pages than as a whole",
                    [$"whole: {log.Whole.Length} characters", $"in pages: {log.Paged.Length} characters"])),
            ]);
    }

    private static IEnumerable<Violation> FindHoles(StoredLog log)
    {
        var end = 0L;
        foreach (var chunk in log.Chunks)
        {
            if (chunk.Position != end)
            {
                yield return new($"the log of attempt {log.Execution}.{log.Node}.{log.Attempt} goes on at byte {chunk.Position} behind byte {end}");
                yield break;
            }

            end += chunk.Text.Length;
        }
    }

    private static IEnumerable<Violation> FindMissingLines(ExecutionCase one, Dictionary<(long, int, int), StoredLog> logs)
    {
        for (var node = 0; node < one.Places.Count; node++)
            if (one.Places[node].Plan.Job is { } job)
                foreach (var end in one.Nodes[node].Ends.Where(HasWrittenAll))
                {
                    var text = logs.TryGetValue((one.Recorded.Id, node, end.Attempt), out var log) ? string.Concat(log.Chunks.Select(chunk => chunk.Text)) : "";
                    var numbers = LinePattern().Matches(text).Select(line => int.Parse(line.Groups[1].ValueSpan)).ToList();
                    if (!numbers.TakeLast(job.LogLines).SequenceEqual(Enumerable.Range(1, job.LogLines)))
                        yield return new(
                            $"{one.NameOf(node)}: the log of attempt {end.Attempt} has the lines {string.Join(' ', numbers)} and not 1 to {job.LogLines}");
                }
    }

    private static bool HasWrittenAll(AttemptEnd end) => end.Kind == EventKind.NodeRetrying
        || (end.Kind == EventKind.NodeEnded && end.Status is NodeStatus.Succeeded or NodeStatus.Failed or NodeStatus.Tolerated);

    [GeneratedRegex(@"line ([0-9]+) of [0-9]+$", RegexOptions.Multiline)]
    private static partial Regex LinePattern();
}
