namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>
/// Finds any of several texts in one pass over the input, however they overlap: the automaton of Aho and Corasick (1975). A state says
/// which longest beginning of a text the input ends with.
/// </summary>
internal sealed class PatternSet
{
    /// <summary>Nothing of the input is the beginning of a text.</summary>
    public const int Start = 0;

    private readonly List<Node> nodes = [new()];
    private readonly int[] fromStart = new int[256];

    /// <param name="patterns">None of them empty.</param>
    public PatternSet(IEnumerable<byte[]> patterns)
    {
        foreach (var pattern in patterns) Add(pattern);
        Link();
    }

    /// <summary>The length of the longest text.</summary>
    public int Longest => nodes.Max(node => node.Depth);

    /// <summary>Whether a text begins with this byte.</summary>
    public bool IsFirst(byte value) => fromStart[value] != Start;

    public int Next(int state, byte value)
    {
        while (state != Start)
        {
            if (ChildOf(state, value) is var child && child != Start) return child;
            state = nodes[state].Fallback;
        }

        return fromStart[value];
    }

    /// <summary>How many bytes the input ends with that are the beginning of a text.</summary>
    public int DepthOf(int state) => nodes[state].Depth;

    /// <summary>The length of the longest whole text that the input ends with; 0 when there is none.</summary>
    public int MatchOf(int state) => nodes[state].Match;

    private void Add(byte[] pattern)
    {
        var state = Start;
        foreach (var value in pattern)
        {
            var child = state == Start ? fromStart[value] : ChildOf(state, value);
            if (child == Start) child = AddChild(state, value);
            state = child;
        }

        nodes[state].Match = pattern.Length;
    }

    private int AddChild(int parent, byte value)
    {
        var child = nodes.Count;
        nodes.Add(new() { Value = value, Depth = nodes[parent].Depth + 1, Sibling = nodes[parent].Child });
        nodes[parent].Child = child;
        if (parent == Start) fromStart[value] = child;
        return child;
    }

    /// <summary>Level by level, so that what a state falls back to is complete before it.</summary>
    private void Link()
    {
        var queue = new Queue<int>([Start]);
        while (queue.TryDequeue(out var state))
            for (var child = nodes[state].Child; child != Start; child = nodes[child].Sibling)
            {
                var node = nodes[child];
                node.Fallback = state == Start ? Start : Next(nodes[state].Fallback, node.Value);
                if (node.Match == 0) node.Match = nodes[node.Fallback].Match;
                queue.Enqueue(child);
            }
    }

    private int ChildOf(int state, byte value)
    {
        var child = nodes[state].Child;
        while (child != Start && nodes[child].Value != value) child = nodes[child].Sibling;
        return child;
    }

    private sealed class Node
    {
        public byte Value { get; init; }
        public int Depth { get; init; }
        public int Child { get; set; }
        public int Sibling { get; init; }
        public int Fallback { get; set; }
        public int Match { get; set; }
    }
}
