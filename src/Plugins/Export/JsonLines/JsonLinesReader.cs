using System.Text;
using System.Text.Json;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.JsonLines;

/// <summary>
/// A file of JSON objects as rows. Columns are found by name; what is missing is NULL, what is unknown is skipped. Nested values
/// become their JSON text. Memory is the longest line, which has a bound.
/// </summary>
internal sealed class JsonLinesReader : CellReader
{
    private const int MaxLine = 128 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly Column[] _columns;
    private readonly byte[][] _names;
    private readonly Cell[] _row;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;
    private long _line;

    public JsonLinesReader(Stream stream, IReadOnlyList<Column> columns)
    {
        _stream = stream;
        _columns = [.. columns];
        _names = [.. columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
        _row = new Cell[_columns.Length];
    }

    public override IReadOnlyList<Column> Columns => _columns;
    public override ReadOnlySpan<Cell> Row => _row;

    protected override async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 || (_isEnd && _start < _end))
            {
                var line = _buffer.AsMemory(_start, found >= 0 ? searched + found : _end - _start);
                _start = Math.Min(_end, _start + line.Length + 1);
                searched = 0;
                if (++_line == 1 && line.Span.StartsWith("\uFEFF"u8)) line = line[3..];
                if (!IsBlank(line.Span))
                {
                    Parse(line.Span);
                    return true;
                }
            }
            else if (_isEnd)
            {
                return false;
            }
            else
            {
                searched = _end - _start;
                await MoreAsync(cancellationToken);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(" \t\r"u8);

    private async ValueTask MoreAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxLine) throw Broken($"it is longer than {MaxLine} bytes");
            Array.Resize(ref _buffer, _end * 2);
        }

        var count = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        _isEnd = count == 0;
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        _row.AsSpan().Clear();
        var json = new Utf8JsonReader(line);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw Broken("it is not a JSON object");

            var expected = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var place = Find(ref json, expected);
                json.Read();
                if (place < 0)
                {
                    json.Skip();
                    continue;
                }

                _row[place] = Value(ref json, _columns[place], line);
                expected = place + 1;
            }

            if (json.Read()) throw Broken("something follows the object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(e.Message);
        }
    }

    /// <summary>Lines mostly have their names in the order of the columns, so the next one is tried first.</summary>
    private int Find(ref Utf8JsonReader json, int expected)
    {
        if (expected < _names.Length && json.ValueTextEquals(_names[expected])) return expected;

        for (var i = 0; i < _names.Length; i++)
            if (json.ValueTextEquals(_names[i])) return i;

        return -1;
    }

    private Cell Value(ref Utf8JsonReader json, Column column, ReadOnlySpan<byte> line)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return Cell.Null;
            case JsonTokenType.True or JsonTokenType.False when column.Kind == ColumnKind.Boolean:
                return Cell.Of(json.GetBoolean());
            case JsonTokenType.String when column.Kind == ColumnKind.Text:
                return Cell.Of(json.GetString()!);
            case JsonTokenType.String when column.Kind == ColumnKind.Binary:
                return Cell.Of(json.GetBytesFromBase64());
            case JsonTokenType.String:
                return Parsed(column, json.GetString());
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return Parsed(column, Encoding.UTF8.GetString(line[start..(int)json.BytesConsumed]));
            default:
                return Parsed(column, Encoding.UTF8.GetString(json.ValueSpan));
        }
    }

    private Cell Parsed(Column column, ReadOnlySpan<char> text) => TextFormat.Default.TryParse(column.Kind, text, out var cell)
        ? cell
        : throw Broken($"'{(text.Length <= 40 ? text : text[..40])}' is no {column.Kind} that '{column.Name}' could hold");

    private ExportException Broken(string reason) => new("export.json-broken", $"Line {_line} of the JSON Lines file cannot be read: {reason}.");
}
