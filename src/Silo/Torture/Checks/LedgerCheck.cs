using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>
/// What the journal says has happened: an attempt recorded as succeeded or failed has said so itself, nothing runs that the journal
/// does not know, and nothing runs again behind a recorded ending.
/// </summary>
internal static class LedgerCheck
{
    public static CheckResult Look(CaseFile file) => new(
        "jobs ran as recorded", file.Evidence.Ledger.Lines.Count,
        [
            .. file.Evidence.Ledger.Broken.Select(line => new Violation($"a line of a ledger is broken: {line}")),
            .. FindStrangeExecutions(file),
            .. file.Cases.SelectMany(one => Find(one, file.Evidence)),
        ]);

    private static IEnumerable<Violation> FindStrangeExecutions(CaseFile file)
    {
        var known = file.Cases.Select(one => one.Recorded.Id).ToHashSet();
        return file.Evidence.Ledger.Lines.Where(line => !known.Contains(line.Execution)).GroupBy(line => line.Execution).Select(
            strange => new Violation($"jobs ran for execution {strange.Key}, which does not exist", [.. strange.Select(line => $"ledger: {line.Text}")]));
    }

    private static IEnumerable<Violation> Find(ExecutionCase one, RunEvidence evidence)
    {
        foreach (var path in one.StrangePaths)
            yield return new($"execution {one.Recorded.Id} ({one.Recorded.Workflow}) ran a node that it does not have: {path}");

        for (var node = 0; node < one.Places.Count; node++)
            if (one.Places[node].Plan.Job is not null)
                foreach (var fault in FindFaults(one.Nodes[node], [.. one.LinesOf(node)]))
                    yield return new($"{one.NameOf(node)} {fault}", one.Tell(node, evidence));
    }

    private static IEnumerable<string> FindFaults(NodeRecordings node, List<LedgerLine> lines)
    {
        var ends = node.Ends.GroupBy(end => end.Attempt).ToDictionary(group => group.Key, group => group.First());
        foreach (var end in ends.Values)
            if (WordFor(end) is { } word && !lines.Exists(line => line.Attempt == end.Attempt && line.Kind == word))
                yield return $"has {end} in the journal, and the job never said so";

        foreach (var attempt in lines.Select(line => line.Attempt).Distinct().Where(attempt => !ends.ContainsKey(attempt)))
            if (node.Endings.Count > 0)
                yield return $"ran attempt {attempt}, of which the journal has no end";

        if (node.Ends.FirstOrDefault(end => end is { Kind: EventKind.NodeEnded, Status: NodeStatus.Succeeded }) is { Attempt: > 0 } success
            && lines.Exists(line => line.Attempt > success.Attempt))
            yield return "ran again after it had succeeded";
    }

    /// <summary>What the job itself must have written; null where it may have been stopped before.</summary>
    private static LedgerKind? WordFor(AttemptEnd end) => end switch
    {
        { Kind: EventKind.NodeRetrying } => LedgerKind.Fail,
        { Kind: EventKind.NodeEnded, Status: NodeStatus.Succeeded } => LedgerKind.End,
        { Kind: EventKind.NodeEnded, Status: NodeStatus.Failed or NodeStatus.Tolerated } => LedgerKind.Fail,
        _ => null,
    };
}
