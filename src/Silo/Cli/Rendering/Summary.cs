using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>What is said once an execution has ended.</summary>
internal static class Summary
{
    /// <summary>How it ended, how long it took and what became of its nodes, in one line.</summary>
    public static Line Of(ExecutionView view)
    {
        var summary = view.Summary;
        var line = new Line()
            .Add(Printable.Of(summary.WorkflowId), Looks.Strong)
            .Add($" {summary.Status}", Looks.StyleOf(summary.Status));
        if (summary.EndedAt is { } endedAt) line.Add($" in {Durations.ToText(endedAt - (summary.StartedAt ?? summary.SubmittedAt))}");

        var counts = new NodeTree(view.Nodes);
        var byStatus = counts.Leaves.CountBy(node => view.Nodes[node].Status).OrderBy(count => count.Key).ToList();
        return line.Add(byStatus.Count == 0 ? "" : $": {string.Join(", ", byStatus.Select(count => $"{count.Value} {count.Key}"))}");
    }

    /// <summary>Nodes that failed by themselves, in the order of the definition; not what was cancelled or left out because of them.</summary>
    public static IEnumerable<NodeView> Failures(ExecutionView view)
    {
        var tree = new NodeTree(view.Nodes);
        return tree.Leaves.Select(node => view.Nodes[node]).Where(node => node.Status is NodeStatus.Failed or NodeStatus.TimedOut);
    }

    /// <summary>A failed node, why it failed, and the end of its log.</summary>
    public static IEnumerable<Line> Failure(NodeView node, IReadOnlyList<string> logTail)
    {
        var attempts = node.Attempt > 1 ? $" after {node.Attempt} attempts" : "";
        yield return new Line()
            .Add(Printable.Of(node.Path), Looks.Strong)
            .Add($" {node.Status}{attempts}", Looks.StyleOf(node.Status))
            .Add(node.Reason is { } reason ? $": {Printable.Of(reason)}" : "");
        foreach (var line in logTail) yield return Line.Of("  │ ", Looks.Dim).Add(line);
    }
}
