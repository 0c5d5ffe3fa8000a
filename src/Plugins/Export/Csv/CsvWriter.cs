using System.Buffers;
using System.Text;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Csv;

/// <summary>Rows as CSV.</summary>
/// <remarks>
/// Written here, not by a library: the known ones keep no difference between NULL and the empty text, and take each value as an
/// object or a string.
/// </remarks>
internal sealed class CsvWriter : RowWriter
{
    private const int DrainAt = 64 * 1024;
    private const int RoomForValue = 128;

    private readonly Stream _stream;
    private readonly IReadOnlyList<Column> _columns;
    private readonly CsvDialect _dialect;
    private readonly Encoder _encoder;
    private readonly SearchValues<char> _quoted;
    private readonly SearchValues<char> _escaped;
    private readonly byte[] _bytes;
    private char[] _chars = new char[DrainAt * 2];
    private int _length;

    public CsvWriter(Stream stream, IReadOnlyList<Column> columns, CsvDialect dialect)
    {
        dialect.Check();
        _stream = stream;
        _columns = columns;
        _dialect = dialect;
        _quoted = SearchValues.Create([dialect.Delimiter, dialect.Quote, dialect.Escape, '\r', '\n']);
        _escaped = SearchValues.Create([dialect.Quote, dialect.Escape]);

        var encoding = dialect.CreateEncoding();
        _encoder = encoding.GetEncoder();
        _bytes = new byte[encoding.GetMaxByteCount(DrainAt)];
        if (dialect.HasByteOrderMark) Put("\uFEFF");
        if (dialect.HasHeader) AppendHeader();
    }

    public override bool IsFull => _length >= DrainAt;
    public override long Buffered => _length;

    public override void Append(ReadOnlySpan<Cell> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0) Put(_dialect.Delimiter);
            Append(_columns[i].Kind, row[i]);
        }

        Put(_dialect.LineEnd);
    }

    public override Task DrainAsync(CancellationToken cancellationToken) => DrainAsync(isEnd: false, cancellationToken);
    public override Task CompleteAsync(CancellationToken cancellationToken) => DrainAsync(isEnd: true, cancellationToken);
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void AppendHeader()
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (i > 0) Put(_dialect.Delimiter);
            AppendText(_columns[i].Name);
        }

        Put(_dialect.LineEnd);
    }

    private void Append(ColumnKind kind, in Cell cell)
    {
        if (cell.IsNull) Put(_dialect.NullText);
        else if (kind == ColumnKind.Text) AppendText(Guarded(cell.Text));
        else if (kind == ColumnKind.Binary) AppendText(_dialect.Values.FormatBinary(cell.Binary));
        else AppendValue(kind, cell);
    }

    /// <summary>Formats in place, and starts again as text in the rare case that the outcome needs quotes.</summary>
    private void AppendValue(ColumnKind kind, in Cell cell)
    {
        var room = RoomForValue;
        int length;
        while (!_dialect.Values.TryFormat(kind, cell, Room(room), out length)) room *= 2;

        var written = _chars.AsSpan(_length, length);
        if (NeedsQuotes(written)) AppendText(written.ToString());
        else _length += length;
    }

    private void AppendText(string text)
    {
        if (!NeedsQuotes(text))
        {
            Put(text);
            return;
        }

        Put(_dialect.Quote);
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAny(_escaped); next >= 0; next = rest.IndexOfAny(_escaped))
        {
            Put(rest[..next]);
            Put(_dialect.Escape);
            Put(rest[next]);
            rest = rest[(next + 1)..];
        }

        Put(rest);
        Put(_dialect.Quote);
    }

    private bool NeedsQuotes(ReadOnlySpan<char> text) => text.ContainsAny(_quoted) || text.SequenceEqual(_dialect.NullText) || text.IsEmpty;

    /// <summary>The characters of OWASP's advice on CSV injection: tabs and line breaks are skipped by spreadsheets.</summary>
    private string Guarded(string text) =>
        _dialect.GuardsFormulas && text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;

    private void Put(char value)
    {
        Room(1)[0] = value;
        _length++;
    }

    private void Put(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    private Span<char> Room(int length)
    {
        if (_length + length > _chars.Length) Array.Resize(ref _chars, Math.Max(_length + length, _chars.Length * 2));
        return _chars.AsSpan(_length);
    }

    private async Task DrainAsync(bool isEnd, CancellationToken cancellationToken)
    {
        // At least once at the end, for the encoder may hold half a character.
        var start = 0;
        do
        {
            var count = Math.Min(DrainAt, _length - start);
            var bytes = Encode(_chars.AsSpan(start, count), isEnd && start + count == _length);
            await _stream.WriteAsync(_bytes.AsMemory(0, bytes), cancellationToken);
            start += count;
        }
        while (start < _length);

        _length = 0;
    }

    private int Encode(ReadOnlySpan<char> chars, bool isEnd)
    {
        try
        {
            return _encoder.GetBytes(chars, _bytes, isEnd);
        }
        catch (EncoderFallbackException e)
        {
            throw new ExportException("export.csv-encoding", $"The encoding '{_dialect.Encoding}' has no form for a character of the data: {e.Message}", e);
        }
    }
}
