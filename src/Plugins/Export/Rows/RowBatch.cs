namespace Scheduler.Plugins.Export.Rows;

/// <summary>Some rows, on their way from what reads them to what writes them.</summary>
/// <param name="width">Cells in a row.</param>
internal sealed class RowBatch(int width)
{
    private const int MaxRows = 256;

    /// <summary>Characters or bytes behind references: long values make a batch of few rows.</summary>
    private const int MaxContent = 1 << 20;

    private readonly Cell[] _cells = new Cell[MaxRows * width];
    private long _content;

    public int Count { get; private set; }

    public bool IsFull => Count == MaxRows || _content >= MaxContent;

    public ReadOnlyMemory<Cell> this[int index] => _cells.AsMemory(index * width, width);

    public void Add(ReadOnlySpan<Cell> row)
    {
        row.CopyTo(_cells.AsSpan(Count++ * width, width));
        foreach (ref readonly var cell in row) _content += cell.Content;
    }

    /// <summary>What the cells refer to lives on until they are overwritten.</summary>
    public void Clear() => (Count, _content) = (0, 0);
}
