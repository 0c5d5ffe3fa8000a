using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>One file of an export while it is written: rows go through the format and the compression to the disk.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _name;
    private readonly DurableFile _file;
    private readonly Stream _content;
    private readonly RowWriter _writer;
    private readonly bool _isCompressed;
    private long _rows;

    private OutputFile(string name, DurableFile file, Stream content, RowWriter writer)
    {
        _name = name;
        _file = file;
        _content = content;
        _writer = writer;
        _isCompressed = content != file;
    }

    public long Rows => _rows;

    /// <summary>What the file will have at least; a little more is on its way when it is compressed.</summary>
    public long Bytes => _file.Length + (_isCompressed ? 0 : _writer.Buffered);

    /// <param name="path">Absolute; its folder exists.</param>
    /// <param name="name">The name the result shows.</param>
    /// <param name="format">Of the rows, and its compression.</param>
    /// <param name="columns">Of the rows.</param>
    /// <param name="cancellationToken">Of the export.</param>
    public static async Task<OutputFile> CreateAsync(
        string path, string name, FileFormat format, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var file = new DurableFile(path);
        var content = format.Compression.Compress(file);
        try
        {
            return new(name, file, content, await format.WriteAsync(content, columns, cancellationToken));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask AppendAsync(ReadOnlyMemory<Cell> row, CancellationToken cancellationToken)
    {
        _writer.Append(row.Span);
        _rows++;
        return _writer.IsFull ? new(_writer.DrainAsync(cancellationToken)) : ValueTask.CompletedTask;
    }

    /// <summary>Ends the file; it is on the disk when this returns.</summary>
    public async Task<ExportedFile> CompleteAsync(CancellationToken cancellationToken)
    {
        await _writer.CompleteAsync(cancellationToken);
        if (_isCompressed) await _content.DisposeAsync();
        return new(_name, _rows, _file.Length, _file.Complete());
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        if (_isCompressed) await _content.DisposeAsync();
        await _file.DisposeAsync();
    }
}
