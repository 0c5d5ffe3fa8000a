using Parquet;
using Parquet.Schema;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>Rows as Parquet, a row group at a time.</summary>
internal sealed class ParquetRowWriter : RowWriter
{
    private readonly ParquetWriter _writer;
    private readonly ParquetColumn[] _columns;
    private readonly ParquetSettings _settings;
    private int _rows;

    private ParquetRowWriter(ParquetWriter writer, ParquetColumn[] columns, ParquetSettings settings)
    {
        _writer = writer;
        _columns = columns;
        _settings = settings;
    }

    public override bool IsFull => _rows >= _settings.MaxGroupRows || Buffered >= _settings.MaxGroupBytes;

    public override long Buffered
    {
        get
        {
            var bytes = 0L;
            foreach (var column in _columns) bytes += column.Bytes;
            return bytes;
        }
    }

    public static async Task<ParquetRowWriter> OpenAsync(
        Stream stream, IReadOnlyList<Column> columns, ParquetSettings settings, CancellationToken cancellationToken)
    {
        if (columns.GroupBy(column => column.Name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ExportException("export.same-name", $"The query has two columns named '{twice.Key}', and Parquet finds them by name.");

        var parts = columns.Select(column => ParquetColumn.For(column, settings)).ToList();
        var options = new ParquetOptions { CompressionMethod = settings.Compression };
        var schema = new ParquetSchema(parts.Select(part => (Field)part.Field));
        var writer = await ParquetWriter.CreateAsync(schema, stream, options, cancellationToken: cancellationToken);
        return new(writer, [.. parts.Select(part => part.Column)], settings);
    }

    public override void Append(ReadOnlySpan<Cell> row)
    {
        for (var i = 0; i < row.Length; i++) _columns[i].Append(row[i]);
        _rows++;
    }

    public override async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0) return;

        using var group = _writer.CreateRowGroup();
        foreach (var column in _columns) await column.WriteAsync(group, cancellationToken);
        group.CompleteValidate();
        _rows = 0;
    }

    /// <summary>The library writes the file's end when it is disposed.</summary>
    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await _writer.DisposeAsync();
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
