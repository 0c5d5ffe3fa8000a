using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Csv;

/// <summary>
/// A CSV file as rows. With a header, columns are found by name and others are skipped; without, they are all columns in their order.
/// </summary>
internal sealed class CsvReader : CellReader
{
    private readonly CsvFields _fields;
    private readonly CsvDialect _dialect;
    private readonly Column[] _columns;
    private readonly Cell[] _row;
    private int[] _places;
    private int _width;
    private IReadOnlyList<string> _header = [];

    private CsvReader(CsvFields fields, IReadOnlyList<Column> columns, CsvDialect dialect)
    {
        _fields = fields;
        _dialect = dialect;
        _columns = [.. columns];
        _row = new Cell[_columns.Length];
        _width = _columns.Length;
        _places = [.. Enumerable.Range(0, _width)];
    }

    public override IReadOnlyList<Column> Columns => _columns;
    public override ReadOnlySpan<Cell> Row => _row;

    public static async Task<CsvReader> OpenAsync(Stream stream, IReadOnlyList<Column> columns, CsvDialect dialect, CancellationToken cancellationToken)
    {
        dialect.Check();
        var fields = new CsvFields(new StreamReader(stream, dialect.CreateEncoding(), detectEncodingFromByteOrderMarks: true), dialect);
        var reader = new CsvReader(fields, columns, dialect);
        try
        {
            if (dialect.HasHeader) await reader.ReadHeaderAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The names in the first record.</summary>
    public static async Task<IReadOnlyList<string>> ReadHeaderAsync(Stream stream, CsvDialect dialect, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(stream, [], dialect, cancellationToken);
        return reader._header;
    }

    protected override async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (!await _fields.ReadAsync(cancellationToken)) return false;
        if (_fields.Count != _width) throw _fields.Broken($"it has {_fields.Count} fields and not {_width}");

        for (var i = 0; i < _row.Length; i++) _row[i] = Read(_columns[i], _fields[_places[i]]);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _fields.Dispose();
        base.Dispose(disposing);
    }

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await _fields.ReadAsync(cancellationToken)) throw _fields.Broken("the file is empty, and a header is expected");

        var names = Enumerable.Range(0, _fields.Count).Select(i => Text(_fields[i])).ToList();
        _header = names;
        _width = names.Count;
        _places = [.. _columns.Select(column => names.IndexOf(column.Name) is >= 0 and var place
            ? place
            : throw _fields.Broken($"the header has no column '{column.Name}'"))];
    }

    private Cell Read(Column column, CsvField field)
    {
        if (!field.IsQuoted && _fields.Raw(field).SequenceEqual(_dialect.NullText)) return Cell.Null;

        var text = field.HasEscapes ? _fields.Unescaped(field) : _fields.Raw(field);
        return _dialect.Values.TryParse(column.Kind, text, out var cell)
            ? cell
            : throw _fields.Broken($"'{Excerpt(text)}' is no {column.Kind} that column '{column.Name}' could hold");
    }

    private string Text(CsvField field) => field.HasEscapes ? _fields.Unescaped(field) : _fields.Raw(field).ToString();

    private static string Excerpt(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";
}
