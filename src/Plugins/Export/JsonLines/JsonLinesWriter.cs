using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.JsonLines;

/// <summary>A JSON object a line, in UTF-8. What JSON has no form for is a string: instants, bytes (base64), NaN and infinity.</summary>
internal sealed class JsonLinesWriter : RowWriter
{
    private const int DrainAt = 64 * 1024;
    private const long MaxExactInDouble = 1L << 53;

    private readonly Stream _stream;
    private readonly IReadOnlyList<Column> _columns;
    private readonly JsonLinesOptions _options;
    private readonly JsonEncodedText[] _names;
    private readonly ArrayBufferWriter<byte> _buffer = new(DrainAt * 2);
    private readonly Utf8JsonWriter _json;

    public JsonLinesWriter(Stream stream, IReadOnlyList<Column> columns, JsonLinesOptions options)
    {
        _stream = stream;
        _columns = columns;
        _options = options;

        // Relaxed: readable Chinese and emoji, for the file is not put into a web page.
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, encoder))];
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = encoder, SkipValidation = true });
    }

    public override bool IsFull => _buffer.WrittenCount >= DrainAt;
    public override long Buffered => _buffer.WrittenCount;

    public override void Append(ReadOnlySpan<Cell> row)
    {
        _json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _json.WritePropertyName(_names[i]);
            Append(_columns[i].Kind, row[i]);
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }

    public override async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    public override Task CompleteAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);
    public override ValueTask DisposeAsync() => _json.DisposeAsync();

    private void Append(ColumnKind kind, in Cell cell)
    {
        if (cell.IsNull)
        {
            _json.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case ColumnKind.Boolean: _json.WriteBooleanValue(cell.Boolean); break;
            case ColumnKind.Int16 or ColumnKind.Int32: _json.WriteNumberValue(cell.Integer); break;
            case ColumnKind.Int64 when !IsWide(cell.Integer): _json.WriteNumberValue(cell.Integer); break;
            case ColumnKind.Single when float.IsFinite(cell.Single): _json.WriteNumberValue(cell.Single); break;
            case ColumnKind.Double when double.IsFinite(cell.Double): _json.WriteNumberValue(cell.Double); break;
            case ColumnKind.Decimal when !_options.WideNumbersAsText: AppendDecimal(cell); break;
            case ColumnKind.Text: _json.WriteStringValue(cell.Text); break;
            case ColumnKind.Binary: _json.WriteBase64StringValue(cell.Binary); break;
            default: AppendAsText(kind, cell); break;
        }
    }

    private bool IsWide(long value) => _options.WideNumbersAsText && value is (> MaxExactInDouble or < -MaxExactInDouble);

    private void AppendDecimal(in Cell cell)
    {
        if (cell.WideDecimal is { } digits) _json.WriteRawValue(JsonDigits(digits), skipInputValidation: true);
        else _json.WriteNumberValue(cell.Decimal);
    }

    private void AppendAsText(ColumnKind kind, in Cell cell)
    {
        Span<char> text = stackalloc char[128];
        if (TextFormat.Default.TryFormat(kind, cell, text, out var length)) _json.WriteStringValue(text[..length]);
        else _json.WriteStringValue(cell.WideDecimal);
    }

    /// <summary>JSON has neither a plus nor a number that starts or ends with its point, nor zeros before others.</summary>
    private static string JsonDigits(string digits)
    {
        var sign = digits[0] == '-' ? "-" : "";
        var number = digits.AsSpan().TrimStart("+-").TrimStart('0');
        if (number.EndsWith(".")) number = number[..^1];
        return number.IsEmpty || number[0] == '.' ? $"{sign}0{number}" : $"{sign}{number}";
    }
}
