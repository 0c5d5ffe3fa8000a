using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>
/// The journal of an execution is numbered without gaps; an activation that has been followed by another has written nothing since;
/// every attempt and every node has ended once, and the execution once and last.
/// </summary>
internal static class JournalCheck
{
    public static CheckResult Look(CaseFile file) => new(
        "journal: each ending once", file.Cases.Sum(one => one.Recorded.Rows.Count), [.. file.Cases.SelectMany(one => Find(one, file.Evidence))]);

    private static IEnumerable<Violation> Find(ExecutionCase one, RunEvidence evidence) =>
    [
        .. FindRowFaults(one.Recorded).Concat(FindEpochFaults(one.Recorded)).Concat(FindEndFaults(one.Recorded))
            .Select(fault => new Violation($"execution {one.Recorded.Id} ({one.Recorded.Workflow}): {fault}", one.TellJournal())),
        .. Enumerable.Range(0, one.Nodes.Count).SelectMany(node =>
            FindNodeFaults(one.Nodes[node]).Select(fault => new Violation($"{one.NameOf(node)} {fault}", one.Tell(node, evidence)))),
    ];

    private static IEnumerable<string> FindRowFaults(RecordedExecution recorded)
    {
        foreach (var row in recorded.Rows.Where(row => row.Fault is not null)) yield return $"row {row.Sequence} cannot be read: {row.Fault}";
        if (!recorded.Rows.Select(row => row.Sequence).SequenceEqual(Enumerable.Range(1, recorded.Rows.Count)))
            yield return "the numbers of its rows have gaps";
    }

    private static IEnumerable<string> FindEpochFaults(RecordedExecution recorded)
    {
        var left = new HashSet<Guid>();
        for (var row = 1; row < recorded.Rows.Count; row++)
        {
            var (before, now) = (recorded.Rows[row - 1], recorded.Rows[row]);
            if (before.Epoch == now.Epoch) continue;

            left.Add(before.Epoch);
            if (left.Contains(now.Epoch)) yield return $"row {now.Sequence} was written by an activation that had been followed by another";
            else if (now.Events is [{ Kind: not EventKind.ExecutionAdopted }, ..]) yield return $"row {now.Sequence} begins a takeover without saying so";
        }
    }

    private static IEnumerable<string> FindEndFaults(RecordedExecution recorded)
    {
        var ends = recorded.Events.Where(happened => happened.Kind == EventKind.ExecutionEnded).ToList();
        if (ends.Count > 1) yield return $"its end is recorded {ends.Count} times";
        if (ends.Count > 0 && recorded.Events.Last().Kind != EventKind.ExecutionEnded) yield return "something is recorded behind its end";
        if (ends.Count > 0 && ends[^1].Outcome != recorded.Status) yield return $"its journal says {ends[^1].Outcome}, its head {recorded.Status}";
    }

    private static IEnumerable<string> FindNodeFaults(NodeRecordings node)
    {
        foreach (var twice in node.Ends.GroupBy(end => end.Attempt).Where(group => group.Count() > 1))
            yield return $"has an attempt that ended more than once: {string.Join(", ", twice)}";
        if (node.Endings.Count > 1) yield return $"has ended more than once: {string.Join(", ", node.Endings)}";
        if (node.Endings.Count(ending => ending == NodeStatus.Succeeded) > 1) yield return "has succeeded more than once";
        if (!node.Ends.Select(end => end.Attempt).SequenceEqual(node.Ends.Select(end => end.Attempt).Order()))
            yield return "has attempts that ended out of order";
    }
}
