using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>
/// Which nodes get a line of their own when there is no room for all, or more than anybody reads: first what runs, then what went
/// wrong, latest first, then what waits for its next attempt. The rest is counted, in one line per workflow on the screen.
/// </summary>
internal static class LineChoice
{
    /// <summary>Up to this many nodes all are shown, room permitting.</summary>
    public const int Comfortable = 30;

    /// <returns>For each node whether it is shown; what contains a shown node is shown too.</returns>
    public static bool[] Choose(NodeTree tree, int lines)
    {
        var isShown = new bool[tree.Nodes.Count];
        if (tree.Nodes.Count <= Math.Min(Comfortable, lines))
        {
            Array.Fill(isShown, true);
            return isShown;
        }

        var free = lines - 1; // the line that counts what is hidden at the top
        foreach (var node in Ranked(tree))
        {
            var cost = CostOf(tree, isShown, node);
            if (cost > free) continue;

            free -= cost;
            for (var shown = node; shown != NodeTree.Root && !isShown[shown]; shown = tree.Nodes[shown].Container) isShown[shown] = true;
        }

        return isShown;
    }

    private static IEnumerable<int> Ranked(NodeTree tree) => Enumerable.Range(0, tree.Nodes.Count)
        .Select(node => (Node: node, Rank: RankOf(tree, node)))
        .Where(candidate => candidate.Rank is not null)
        .OrderBy(candidate => candidate.Rank)
        .ThenByDescending(candidate => tree.Nodes[candidate.Node].EndedAt)
        .ThenBy(candidate => candidate.Node)
        .Select(candidate => candidate.Node);

    private static int? RankOf(NodeTree tree, int node) => tree.Nodes[node] switch
    {
        { Status: NodeStatus.Running or NodeStatus.Failing or NodeStatus.Cancelling } => tree.IsContainer(node) ? 3 : 0,
        { Status: NodeStatus.Failed or NodeStatus.TimedOut or NodeStatus.Cancelled } => tree.IsContainer(node) ? 3 : 1,
        { Status: NodeStatus.Waiting, WaitingOn: WaitingOn.Time } => 2,
        _ => null,
    };

    /// <summary>Lines for the node and what contains it, as far as that is not shown yet; each workflow takes one to count the rest.</summary>
    private static int CostOf(NodeTree tree, bool[] isShown, int node)
    {
        var cost = 0;
        for (var open = node; open != NodeTree.Root && !isShown[open]; open = tree.Nodes[open].Container)
            cost += tree.IsContainer(open) ? 2 : 1;
        return cost;
    }
}
