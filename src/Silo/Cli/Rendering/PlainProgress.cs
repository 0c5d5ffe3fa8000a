using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>What happened between two looks at an execution, one line for each start, each failed attempt and each ending, oldest first.</summary>
internal static class PlainProgress
{
    /// <param name="before">The look before; null at the first.</param>
    /// <param name="after">The same execution later.</param>
    public static IEnumerable<string> Changes(ExecutionView? before, ExecutionView after)
    {
        var origin = after.Summary.StartedAt ?? after.Summary.SubmittedAt;
        return Enumerable.Range(0, after.Nodes.Count)
            .SelectMany(node => ChangesOf(before?.Nodes[node], after.Nodes[node]))
            .OrderBy(change => change.At)
            .Select(change => $"{Durations.ToText((change.At ?? origin) - origin),12}  {change.Text}");
    }

    private static IEnumerable<(DateTimeOffset? At, string Text)> ChangesOf(NodeView? before, NodeView after)
    {
        foreach (var past in after.PastAttempts.Skip(before?.PastAttempts.Count ?? 0))
            yield return (past.EndedAt, $"{Name(after, past.Number)} {past.Status}{Took(past.EndedAt - past.StartedAt)}{Because(past.Reason)}");

        if (before is not null && (before.Status, before.Attempt) == (after.Status, after.Attempt)) yield break;

        if (after.Status is NodeStatus.Running && IsAsleep(before)) yield break;

        if (after.Status is NodeStatus.Running)
            yield return (after.StartedAt, $"{Name(after, after.Attempt)} {after.Status}");
        else if (after.Status.IsTerminal() || after.Status is NodeStatus.Failing or NodeStatus.Cancelling)
            yield return (after.EndedAt ?? after.UpdatedAt,
                $"{Name(after, after.Attempt)} {after.Status}{Took(after)}{Because(after.Reason)}");
    }

    /// <summary>True for one whose attempt has begun already and goes on.</summary>
    private static bool IsAsleep(NodeView? node) => node is { Status: NodeStatus.Waiting, StartedAt: not null };

    private static string Name(NodeView node, int attempt) =>
        attempt > 1 || node.PastAttempts.Count > 0 ? $"{Printable.Of(node.Path)} (attempt {attempt})" : Printable.Of(node.Path);

    private static string Took(NodeView node) => node.EndedAt is { } end ? Took(Looks.RunTimeOf(node, end)) : "";

    private static string Took(TimeSpan? time) => time is { } length ? $" after {Durations.ToText(length)}" : "";

    private static string Because(string? reason) => reason is null ? "" : $": {Printable.Of(reason)}";
}
