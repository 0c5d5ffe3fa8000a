using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Torture.Load;

/// <summary>A generated workflow. Everything about its executions that is not chance follows from it.</summary>
/// <param name="Project">The project that holds it.</param>
/// <param name="Name">Its id, unique within the load.</param>
/// <param name="FailureAction">What happens to the rest of it once a node has failed for good.</param>
/// <param name="Nodes">In an order in which they could run.</param>
internal sealed record PlannedWorkflow(string Project, string Name, FailureAction FailureAction, IReadOnlyList<PlannedNode> Nodes)
{
    /// <summary>
    /// All nodes with what is inside them, depth first and siblings by name: the positions that journal and logs use.
    /// </summary>
    public IReadOnlyList<NodePlace> Places() => NodePlace.Unfold(Nodes);
}

/// <summary>A node and where it stands.</summary>
/// <param name="Plan">The node.</param>
/// <param name="Path">Names from the root down, joined by colons.</param>
/// <param name="Container">Position of the node it is embedded in; -1 at the top.</param>
/// <param name="Parents">Positions of the siblings it waits for.</param>
internal sealed record NodePlace(PlannedNode Plan, string Path, int Container, IReadOnlyList<int> Parents)
{
    public const int Root = -1;

    public static IReadOnlyList<NodePlace> Unfold(IReadOnlyList<PlannedNode> nodes)
    {
        var found = new List<(PlannedNode Plan, string Path, int Container)>();
        var open = new Stack<(PlannedNode Plan, string Path, int Container)>(Siblings(nodes, "", Root));
        while (open.TryPop(out var next))
        {
            found.Add(next);
            foreach (var member in Siblings(next.Plan.Members ?? [], $"{next.Path}:", found.Count - 1)) open.Push(member);
        }

        var positions = found.Select((node, position) => (node, position)).ToDictionary(at => (at.node.Container, at.node.Plan.Name), at => at.position);
        return [.. found.Select(node => new NodePlace(
            node.Plan, node.Path, node.Container, [.. node.Plan.Parents.Select(name => positions[(node.Container, name)])]))];
    }

    /// <summary>Last first, as a stack wants them.</summary>
    private static IEnumerable<(PlannedNode Plan, string Path, int Container)> Siblings(
        IReadOnlyList<PlannedNode> nodes, string prefix, int container) =>
        nodes.OrderByDescending(node => node.Name, StringComparer.Ordinal).Select(node => (node, prefix + node.Name, container));
}
