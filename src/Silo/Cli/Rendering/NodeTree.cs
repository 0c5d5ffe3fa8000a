using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>The nodes of an execution with what their places in the list say: how deep they lie and in what.</summary>
internal sealed class NodeTree
{
    /// <summary>Stands for the workflow itself, as in <see cref="NodeView.Container"/>.</summary>
    public const int Root = -1;

    private readonly int[] depths;
    private readonly bool[] isContainer;

    public NodeTree(IReadOnlyList<NodeView> nodes)
    {
        Nodes = nodes;
        depths = new int[nodes.Count];
        isContainer = new bool[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
        {
            isContainer[node] = nodes[node].EmbeddedWorkflowId is not null;
            if (nodes[node].Container is not Root and var container) depths[node] = depths[container] + 1;
        }
    }

    /// <summary>Depth first, as in <see cref="ExecutionView.Nodes"/>.</summary>
    public IReadOnlyList<NodeView> Nodes { get; }

    /// <summary>0 for nodes of the workflow itself.</summary>
    public int DepthOf(int node) => depths[node];

    /// <summary>True for an embedded workflow: it is as far as the nodes in it are.</summary>
    public bool IsContainer(int node) => isContainer[node];

    /// <summary>Positions of the nodes that do work.</summary>
    public IEnumerable<int> Leaves => Enumerable.Range(0, Nodes.Count).Where(node => !isContainer[node]);
}
