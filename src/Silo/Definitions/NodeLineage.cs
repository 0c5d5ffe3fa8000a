using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Definitions;

/// <summary>
/// Answers which nodes of a workflow wait for which others, however indirectly. Costs nothing until it is asked. Asked about the
/// nodes of a workflow in their order, all answers together cost one pass over the edges per 64 nodes, however the edges lie. Not
/// thread-safe.
/// </summary>
/// <remarks>Nodes on or behind a cycle may be denied descendants they have: such a workflow is refused for its cycle.</remarks>
/// <param name="nodes">All nodes of one workflow. Parents that are not among them are passed over.</param>
internal sealed class NodeLineage(IReadOnlyList<NodeDefinition> nodes)
{
    private const int BlockSize = 64;

    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    /// <summary>One bit per node of the current block: is it an ancestor?</summary>
    private ulong[] ancestors = [];
    private List<int>[] children = [];
    private readonly List<int> order = [];
    private int currentBlock = -1;

    /// <summary>True when <paramref name="node"/> can only start after <paramref name="ancestor"/>; false for a node and itself.</summary>
    public bool IsDescendant(string node, string ancestor)
    {
        if (currentBlock < 0) Index();
        if (!positions.TryGetValue(node, out var below) || !positions.TryGetValue(ancestor, out var above)) return false;

        var (block, bit) = int.DivRem(above, BlockSize);
        if (block != currentBlock) Trace(block);
        return (ancestors[below] & (1UL << bit)) != 0;
    }

    private void Index()
    {
        ancestors = new ulong[nodes.Count];
        children = new List<int>[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
        {
            positions[nodes[node].Name] = node;
            children[node] = [];
        }

        var pending = new int[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
            foreach (var parent in nodes[node].Parents)
                if (positions.TryGetValue(parent, out var above))
                {
                    children[above].Add(node);
                    pending[node]++;
                }

        Sort(pending);
    }

    /// <summary>Parents before children.</summary>
    private void Sort(int[] pending)
    {
        order.AddRange(Enumerable.Range(0, nodes.Count).Where(node => pending[node] == 0));
        for (var done = 0; done < order.Count; done++)
            order.AddRange(children[order[done]].Where(child => --pending[child] == 0));
    }

    private void Trace(int block)
    {
        Array.Clear(ancestors);
        foreach (var node in order)
        {
            var passedOn = ancestors[node] | (node / BlockSize == block ? 1UL << (node % BlockSize) : 0);
            foreach (var child in children[node]) ancestors[child] |= passedOn;
        }

        currentBlock = block;
    }
}
