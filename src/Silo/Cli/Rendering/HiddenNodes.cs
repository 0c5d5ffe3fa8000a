using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>Counts by status the nodes without a line of their own, under the nearest shown node that contains them.</summary>
internal sealed class HiddenNodes
{
    private static readonly NodeStatus[] Order =
    [
        NodeStatus.Failed, NodeStatus.TimedOut, NodeStatus.Cancelled, NodeStatus.Failing, NodeStatus.Cancelling, NodeStatus.Running,
        NodeStatus.Succeeded, NodeStatus.Tolerated, NodeStatus.Skipped, NodeStatus.Omitted, NodeStatus.Waiting, NodeStatus.Planned,
        NodeStatus.Disabled,
    ];

    private readonly Dictionary<(int Place, NodeStatus Status), int> counts = [];

    public HiddenNodes(NodeTree tree, bool[] isShown)
    {
        var places = new int[tree.Nodes.Count];
        for (var node = 0; node < places.Length; node++)
        {
            var container = tree.Nodes[node].Container;
            places[node] = container == NodeTree.Root || isShown[container] ? container : places[container];
            if (isShown[node] || tree.IsContainer(node)) continue;

            var key = (places[node], tree.Nodes[node].Status);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Such as <c>✓ 480 Succeeded  ○ 12 Waiting</c>; null when nothing is hidden there. Embedded workflows are not counted, what is in them is.</summary>
    /// <param name="place">A shown embedded workflow or <see cref="NodeTree.Root"/>.</param>
    /// <param name="indent">Blanks in front.</param>
    public Line? LineFor(int place, int indent)
    {
        var line = new Line();
        foreach (var status in Order)
            if (counts.TryGetValue((place, status), out var count))
                line.Add(line.Width == 0 ? new string(' ', indent) : "  ").Add($"{Looks.IconOf(status)} {count} {status}", Looks.StyleOf(status));
        return line.Width == 0 ? null : line;
    }
}
