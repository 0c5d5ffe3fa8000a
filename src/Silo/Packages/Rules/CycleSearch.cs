namespace Scheduler.Silo.Packages.Rules;

/// <summary>An edge that closes a cycle.</summary>
/// <param name="From">Where the edge starts.</param>
/// <param name="To">Where it leads, back to a node on the way to <paramref name="From"/>.</param>
/// <param name="Length">Nodes of the cycle.</param>
/// <param name="Path">The cycle from <paramref name="To"/> on; only its beginning when it is long.</param>
internal readonly record struct Cycle(int From, int To, int Length, IReadOnlyList<int> Path);

/// <summary>Depth-first search over nodes numbered from 0, in time linear in edges and without recursion.</summary>
internal sealed class CycleSearch(int[][] next)
{
    private const int MaxPath = 20;
    private const int Unseen = -1, Done = -2;

    private readonly int[] depth = [.. Enumerable.Repeat(Unseen, next.Length)];
    private readonly List<(int Node, int Edge)> path = [];

    /// <summary>Nodes in the order they were left, so each after all it leads to unless they are in a cycle.</summary>
    public List<int> Finished { get; } = [];

    public bool HasSeen(int node) => depth[node] != Unseen;

    /// <summary>Cycles met on the way from a node; what was seen by earlier calls is not looked at again.</summary>
    public IEnumerable<Cycle> From(int start)
    {
        if (!HasSeen(start)) Enter(start);
        while (path.Count > 0)
        {
            var (node, edge) = path[^1];
            if (edge == next[node].Length)
            {
                Leave(node);
                continue;
            }

            path[^1] = (node, edge + 1);
            var target = next[node][edge];
            if (depth[target] == Unseen) Enter(target);
            else if (depth[target] >= 0) yield return CycleTo(target);
        }
    }

    private void Enter(int node)
    {
        depth[node] = path.Count;
        path.Add((node, 0));
    }

    private void Leave(int node)
    {
        depth[node] = Done;
        path.RemoveAt(path.Count - 1);
        Finished.Add(node);
    }

    private Cycle CycleTo(int target)
    {
        var length = path.Count - depth[target];
        var nodes = path.Skip(depth[target]).Take(MaxPath).Select(step => step.Node);
        return new Cycle(path[^1].Node, target, length, [.. nodes]);
    }
}
