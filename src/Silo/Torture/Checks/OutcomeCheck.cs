using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>Every execution has ended, and it and its nodes as the plan says, after as many tries as the plan allows.</summary>
internal static class OutcomeCheck
{
    public static CheckResult LookAtEnds(CaseFile file) => new(
        "executions ended", file.Cases.Count,
        [
            .. from one in file.Cases
               where !one.Recorded.Status.IsTerminal()
               select new Violation($"execution {one.Recorded.Id} ({one.Recorded.Workflow}) is still {one.Recorded.Status}", one.TellJournal()),
        ]);

    public static CheckResult Look(CaseFile file)
    {
        var ended = file.Cases.Where(one => one.Recorded.Status.IsTerminal()).ToList();
        return new("outcomes", ended.Sum(one => one.Places.Count + 1), [.. ended.SelectMany(one => Find(one, file.Evidence))]);
    }

    private static IEnumerable<Violation> Find(ExecutionCase one, RunEvidence evidence)
    {
        var (recorded, expectation) = (one.Recorded, one.Expectation);
        if (!expectation.Outcomes.Contains(recorded.Status))
            yield return new(
                $"execution {recorded.Id} ({recorded.Workflow}) ended as {recorded.Status} and not as {string.Join(" or ", expectation.Outcomes)}",
                one.TellJournal());

        for (var node = 0; node < one.Places.Count; node++)
        {
            var ending = EndingOf(one, node);
            if (!expectation.Nodes[node].Contains(ending) && !(ending == NodeStatus.Succeeded && HasLostToleratedFailure(one, node)))
                yield return new(
                    $"{one.NameOf(node)} ended as {ending} and not as {string.Join(" or ", expectation.Nodes[node])}", one.Tell(node, evidence));
            if (FindWrongTries(one, node, ending) is { } wrong) yield return new($"{one.NameOf(node)} {wrong}", one.Tell(node, evidence));
        }
    }

    private static NodeStatus EndingOf(ExecutionCase one, int node) => one.Nodes[node].Endings is [.., var last]
        ? last
        : one.Places[node].Plan.IsDisabled ? NodeStatus.Disabled : NodeStatus.Planned;

    /// <summary>
    /// A failure that is tolerated ends the node, unless the platform loses the try that failed before it could say so: then the next try
    /// counts, and jobs remember how often they have failed.
    /// </summary>
    private static bool HasLostToleratedFailure(ExecutionCase one, int node) =>
        one.Expectation.Nodes[node].Contains(NodeStatus.Tolerated)
        && one.LinesOf(node).Any(line => line.Kind == LedgerKind.Fail && one.Nodes[node].Ends.Any(
            end => end.Attempt == line.Attempt && end.Kind is EventKind.NodeLost or EventKind.NodeInterrupted));

    private static string? FindWrongTries(ExecutionCase one, int node, NodeStatus ending)
    {
        if (one.Places[node].Plan.Job is not { } job) return null;

        var retried = one.Nodes[node].Ends.Count(end => end.Kind == EventKind.NodeRetrying);
        var most = Math.Min(job.Failures, job.Retries);
        if (retried > most) return $"was tried again {retried} times and not at most {most} times";
        return ending == NodeStatus.Failed && job.Failures == JobPlan.Always && retried != job.Retries
            ? $"failed for good after {retried} further tries and not after {job.Retries}"
            : null;
    }
}
