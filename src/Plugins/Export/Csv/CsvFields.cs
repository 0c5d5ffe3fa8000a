using System.Buffers;
using System.Text;

namespace Scheduler.Plugins.Export.Csv;

/// <summary>A field of the current record in the buffer, without its quotes.</summary>
internal readonly record struct CsvField(int Start, int Length, bool IsQuoted, bool HasEscapes);

/// <summary>
/// Cuts a stream of characters into records and fields. All line ends are understood, the last one may be missing, an empty line is a
/// record of one empty field. Memory is the longest record, which has a bound.
/// </summary>
internal sealed class CsvFields(StreamReader reader, CsvDialect dialect) : IDisposable
{
    /// <summary>Characters of a record. A quote that is never closed would otherwise swallow the file.</summary>
    private const int MaxRecord = 64 * 1024 * 1024;

    private readonly SearchValues<char> _ends = SearchValues.Create([dialect.Delimiter, '\r', '\n']);
    private readonly SearchValues<char> _special = SearchValues.Create([dialect.Quote, dialect.Escape]);
    private readonly List<CsvField> _fields = [];
    private char[] _buffer = new char[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <summary>Of the current record, from 1.</summary>
    public long RecordNumber { get; private set; }

    public int Count => _fields.Count;
    public CsvField this[int index] => _fields[index];

    public ReadOnlySpan<char> Raw(CsvField field) => _buffer.AsSpan(field.Start, field.Length);

    public string Unescaped(CsvField field)
    {
        var text = new StringBuilder(field.Length);
        var raw = Raw(field);
        for (var i = 0; i < raw.Length; i++)
        {
            if (IsEscape(raw, i)) i++;
            text.Append(raw[i]);
        }

        return text.ToString();
    }

    /// <returns>False at the end.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        RecordNumber++;
        while (true)
        {
            if (_start < _end && TryCut(out var next))
            {
                _start = next;
                return true;
            }

            if (_isEnd) return _start < _end ? throw Broken("a quote is not closed") : false;

            await FillAsync(cancellationToken);
        }
    }

    public void Dispose() => reader.Dispose();

    public ExportException Broken(string reason) => new("export.csv-broken", $"Record {RecordNumber} of the CSV file cannot be read: {reason}.");

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxRecord) throw Broken($"it is longer than {MaxRecord} characters");
            Array.Resize(ref _buffer, _end * 2);
        }

        try
        {
            var count = await reader.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            _isEnd = count == 0;
        }
        catch (DecoderFallbackException e)
        {
            throw new ExportException("export.csv-encoding", $"The file is not in the encoding '{dialect.Encoding}': {e.Message}", e);
        }
    }

    /// <returns>False when the record goes on behind what is in the buffer; it is then cut again from its start.</returns>
    private bool TryCut(out int next)
    {
        _fields.Clear();
        next = _start;
        while (true)
        {
            var isCut = next < _end && _buffer[next] == dialect.Quote ? TryCutQuoted(ref next) : TryCutPlain(ref next);
            if (!isCut) return false;

            if (next == _end) return _isEnd;
            if (_buffer[next] == dialect.Delimiter)
            {
                next++;
                continue;
            }

            return TrySkipLineEnd(ref next);
        }
    }

    private bool TrySkipLineEnd(ref int next)
    {
        if (_buffer[next++] == '\n') return true;
        if (next == _end) return _isEnd;
        if (_buffer[next] == '\n') next++;
        return true;
    }

    private bool TryCutPlain(ref int next)
    {
        var length = _buffer.AsSpan(next, _end - next).IndexOfAny(_ends);
        if (length < 0)
        {
            if (!_isEnd) return false;
            length = _end - next;
        }

        _fields.Add(new(next, length, IsQuoted: false, HasEscapes: false));
        next += length;
        return true;
    }

    private bool TryCutQuoted(ref int next)
    {
        var start = next + 1;
        var hasEscapes = false;
        for (var i = start; ;)
        {
            var found = _buffer.AsSpan(i, _end - i).IndexOfAny(_special);
            if (found < 0) return false;

            i += found;
            if (i + 1 == _end && !_isEnd) return false;
            if (IsEscape(_buffer.AsSpan(0, _end), i))
            {
                hasEscapes = true;
                i += 2;
            }
            else if (_buffer[i] == dialect.Quote)
            {
                _fields.Add(new(start, i - start, IsQuoted: true, hasEscapes));
                next = i + 1;
                return next == _end || _ends.Contains(_buffer[next]) ? true : throw Broken("text follows a closing quote");
            }
            else
            {
                i++;
            }
        }
    }

    private bool IsEscape(ReadOnlySpan<char> text, int i) =>
        text[i] == dialect.Escape && i + 1 < text.Length && (text[i + 1] == dialect.Quote || text[i + 1] == dialect.Escape);
}
