namespace Scheduler.Silo.Instances;

/// <summary>
/// Nodes that wait for the same thing, first come first served. A node can leave from anywhere in constant time. Lists that a node
/// is never in at the same time share their links.
/// </summary>
internal sealed class WaitingList(WaitingLinks links)
{
    private const int None = WaitingLinks.None;

    private int last = None;

    /// <summary>The one that waits longest; -1 when there is none.</summary>
    public int First { get; private set; } = None;

    public bool IsEmpty => First == None;

    /// <summary>In the order in which they came.</summary>
    public IEnumerable<int> Nodes
    {
        get
        {
            for (var node = First; node != None; node = links.Next[node]) yield return node;
        }
    }

    public void Append(int node)
    {
        links.Next[node] = None;
        links.Previous[node] = last;
        if (last == None) First = node;
        else links.Next[last] = node;
        last = node;
    }

    /// <summary>The node must be in this list.</summary>
    public void Remove(int node)
    {
        var (before, after) = (links.Previous[node], links.Next[node]);
        if (before == None) First = after;
        else links.Next[before] = after;
        if (after == None) last = before;
        else links.Previous[after] = before;
        links.Next[node] = WaitingLinks.NotLinked;
    }
}

/// <summary>The links of all nodes of an execution.</summary>
internal sealed class WaitingLinks
{
    public const int None = -1;
    public const int NotLinked = -2;

    public WaitingLinks(int count)
    {
        Next = new int[count];
        Previous = new int[count];
        Array.Fill(Next, NotLinked);
    }

    public int[] Next { get; }

    public int[] Previous { get; }

    /// <summary>True when the node is in one of the lists.</summary>
    public bool IsLinked(int node) => Next[node] != NotLinked;
}
