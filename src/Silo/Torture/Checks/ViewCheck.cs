using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>What the API shows in the end is what the journal holds.</summary>
internal static class ViewCheck
{
    public static CheckResult Look(CaseFile file)
    {
        var cases = file.Cases.ToDictionary(one => one.Recorded.Id);
        return new(
            "the API shows what is recorded", file.Evidence.Seen.Count,
            [.. file.Evidence.Seen.SelectMany(seen => cases.TryGetValue(seen.Execution, out var one) ? Find(seen, one) : [])]);
    }

    private static IEnumerable<Violation> Find(SeenExecution seen, ExecutionCase one)
    {
        if (seen.Fault is not null)
        {
            yield return new($"execution {seen.Execution} cannot be read: {seen.Fault}");
            yield break;
        }

        if (one.Recorded.Status.IsTerminal() && seen.Status != NameOf(one.Recorded.Status))
            yield return new($"execution {seen.Execution} is {one.Recorded.Status} and shown as {seen.Status}");
        for (var node = 0; node < one.Places.Count; node++)
            if (one.Nodes[node].Endings is [.., var ending] && seen.Nodes.GetValueOrDefault(one.Places[node].Path) is var shown && shown != NameOf(ending))
                yield return new($"{one.NameOf(node)} is {ending} and shown as {shown ?? "nothing"}");
    }

    private static string NameOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Cancelled => "KILLED",
        _ => "FAILED",
    };

    private static string NameOf(NodeStatus status) => status switch
    {
        NodeStatus.Succeeded => "SUCCEEDED",
        NodeStatus.Tolerated => "FAILED_SUCCEEDED",
        NodeStatus.Cancelled => "KILLED",
        NodeStatus.Omitted => "CANCELLED",
        NodeStatus.Skipped => "SKIPPED",
        _ => "FAILED",
    };
}
