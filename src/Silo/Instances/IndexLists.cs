namespace Scheduler.Silo.Instances;

/// <summary>Many short lists of positions in one array: list <c>i</c> is <c>items[starts[i]..starts[i + 1]]</c>.</summary>
internal sealed class IndexLists
{
    private readonly int[] starts;
    private readonly int[] items;

    private IndexLists(int[] starts, int[] items)
    {
        this.starts = starts;
        this.items = items;
    }

    public ReadOnlySpan<int> this[int list] => items.AsSpan(starts[list]..starts[list + 1]);

    public int Count(int list) => starts[list + 1] - starts[list];

    /// <summary>Takes the pairs in order: items of one list stay in the order in which they come.</summary>
    /// <param name="lists">Number of lists.</param>
    /// <param name="pairs">List and item; read twice.</param>
    public static IndexLists Of(int lists, IEnumerable<(int List, int Item)> pairs)
    {
        var starts = new int[lists + 1];
        foreach (var (list, _) in pairs) starts[list + 1]++;
        for (var list = 0; list < lists; list++) starts[list + 1] += starts[list];

        var items = new int[starts[lists]];
        var next = starts.AsSpan(0, lists).ToArray();
        foreach (var (list, item) in pairs) items[next[list]++] = item;

        return new IndexLists(starts, items);
    }
}
