using System.Text;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>
/// A workflow with all it embeds as one array of nodes: depth first, a container before the nodes inside it, siblings in the order
/// of their definition. Positions are the same whenever the same version is compiled. Immutable and shared by all executions.
/// </summary>
internal sealed class ExecutionGraph
{
    /// <summary>The container of the nodes that are not embedded in another.</summary>
    public const int Root = -1;

    private readonly GraphNode[] nodes;
    private readonly int[] ends;
    private readonly GraphScope?[] scopes;
    private readonly IndexLists parents;
    private readonly IndexLists children;
    private readonly IndexLists starts;
    private readonly Lazy<IReadOnlyList<NodeDemand>> demands;

    /// <param name="nodes">Depth first.</param>
    /// <param name="ends">For each node the position behind the last node inside it.</param>
    /// <param name="scopes">By container counted from 1, and the root at 0; null for other nodes.</param>
    /// <param name="parents">By node.</param>
    /// <param name="children">By node.</param>
    /// <param name="starts">By container counted from 1, and the root at 0.</param>
    internal ExecutionGraph(
        GraphNode[] nodes, int[] ends, GraphScope?[] scopes, IndexLists parents, IndexLists children, IndexLists starts)
    {
        this.nodes = nodes;
        this.ends = ends;
        this.parents = parents;
        this.children = children;
        this.starts = starts;
        this.scopes = scopes;
        demands = new(() => DemandsBy(node => nodes[node].Settings));
    }

    public int Count => nodes.Length;

    public WorkflowDefinition Workflow => scopes[0]!.Shape.Definition;

    public GraphNode this[int node] => nodes[node];

    /// <summary>The different demands that its nodes have by the package alone; without <see cref="NodeDemand.None"/>.</summary>
    public IReadOnlyList<NodeDemand> Demands => demands.Value;

    /// <summary>The workflow that a container runs, or null.</summary>
    public WorkflowDefinition? WorkflowIn(int container) => scopes[container + 1]?.Shape.Definition;

    /// <summary>Siblings it waits for, in the order written.</summary>
    public ReadOnlySpan<int> Parents(int node) => parents[node];

    /// <summary>Siblings that wait for it, ascending.</summary>
    public ReadOnlySpan<int> Children(int node) => children[node];

    /// <summary>Nodes directly inside a container, ascending.</summary>
    public ReadOnlySpan<int> Members(int container) => scopes[container + 1]?.Members;

    /// <summary>Members that wait for none.</summary>
    public ReadOnlySpan<int> Starts(int container) => starts[container + 1];

    /// <summary>The position behind the last node inside this one.</summary>
    public int EndOf(int node) => ends[node];

    /// <summary>The member of the container with this name, or null.</summary>
    public int? FindMember(int container, string name) =>
        scopes[container + 1] is { } scope && scope.Shape.Positions.TryGetValue(name, out var position) ? scope.Members[position] : null;

    /// <summary>The node with this path, or null.</summary>
    public int? Find(string path)
    {
        var container = Root;
        for (var start = 0; ;)
        {
            if (FindMember(container, path[start..]) is { } node) return node;
            if (FindContainer(container, path, ref start) is not { } inner) return null;
            container = inner;
        }
    }

    /// <summary>Names from the root down, joined by colons.</summary>
    public string PathOf(int node)
    {
        if (nodes[node].Container == Root) return nodes[node].Name;

        var names = new Stack<string>();
        for (; node != Root; node = nodes[node].Container) names.Push(nodes[node].Name);
        return new StringBuilder().AppendJoin(':', names).ToString();
    }

    /// <summary>The different demands that its nodes have by other settings; without <see cref="NodeDemand.None"/>.</summary>
    public IReadOnlyList<NodeDemand> DemandsBy(Func<int, NodeSettings> settingsOf) =>
    [
        .. Enumerable.Range(0, nodes.Length).Where(node => nodes[node].Kind == NodeKind.Plugin)
            .Select(node => settingsOf(node).Demand).Where(demand => demand != NodeDemand.None).Distinct(),
    ];

    /// <summary>The nodes that an order names; what it calls by a name that is not there is left out.</summary>
    public IEnumerable<int> Select(IReadOnlyList<DisabledNode> named)
    {
        var open = new Stack<(int Container, DisabledNode Node)>(named.Select(node => (Root, node)));
        while (open.TryPop(out var next))
        {
            if (FindMember(next.Container, next.Node.Name) is not { } node) continue;

            if (next.Node.Children is null) yield return node;
            else foreach (var child in next.Node.Children) open.Push((node, child));
        }
    }

    // A name may itself hold colons, so the shortest prefix that names a container wins.
    private int? FindContainer(int container, string path, ref int start)
    {
        for (var colon = path.IndexOf(':', start); colon >= 0; colon = path.IndexOf(':', colon + 1))
        {
            if (FindMember(container, path[start..colon]) is not { } node || nodes[node].Kind != NodeKind.Container) continue;
            start = colon + 1;
            return node;
        }

        return null;
    }
}

/// <summary>One occurrence of a workflow in a graph.</summary>
/// <param name="Shape">The workflow.</param>
/// <param name="Members">Position in the graph of each of its nodes.</param>
internal sealed record GraphScope(WorkflowShape Shape, int[] Members);
