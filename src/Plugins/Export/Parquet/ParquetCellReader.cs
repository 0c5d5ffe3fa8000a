using Parquet;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>A Parquet file as rows. Memory is one row group, whose size its writer has chosen.</summary>
internal sealed class ParquetCellReader : CellReader
{
    private readonly ParquetReader _reader;
    private readonly ParquetSourceColumn[] _sources;
    private readonly Column[] _columns;
    private readonly Cell[] _row;
    private int _nextGroup;
    private long _groupRows;
    private int _next;

    private ParquetCellReader(ParquetReader reader, ParquetSourceColumn[] sources)
    {
        _reader = reader;
        _sources = sources;
        _columns = [.. sources.Select(source => source.Column)];
        _row = new Cell[_columns.Length];
    }

    public override IReadOnlyList<Column> Columns => _columns;
    public override ReadOnlySpan<Cell> Row => _row;

    public static async Task<ParquetCellReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var options = new ParquetOptions { UseBigDecimal = true };
        var reader = await ParquetReader.CreateAsync(stream, options, leaveStreamOpen: false, cancellationToken);
        return new(reader, [.. reader.Schema.DataFields.Select(ParquetSourceColumn.For)]);
    }

    protected override async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (_next == _groupRows)
        {
            if (_nextGroup == _reader.RowGroupCount) return false;

            using var group = _reader.OpenRowGroupReader(_nextGroup++);
            foreach (var source in _sources) await source.LoadAsync(group, cancellationToken);
            (_groupRows, _next) = (group.RowCount, 0);
        }

        for (var i = 0; i < _row.Length; i++) _row[i] = _sources[i][_next];
        _next++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        // A data reader is disposed synchronously, too, and the file's reader only asynchronously. It closes a local file, which does not wait.
        if (disposing) _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }
}
