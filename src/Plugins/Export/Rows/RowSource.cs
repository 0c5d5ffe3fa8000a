using System.Collections.ObjectModel;
using System.Data.Common;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>The rows of a data reader as cells. One row is held at a time, in an array that the next one overwrites.</summary>
internal sealed class RowSource
{
    private readonly DbDataReader _reader;
    private readonly Func<DbDataReader, int, Cell>[] _readings;
    private readonly Cell[] _row;

    public RowSource(DbDataReader reader)
    {
        _reader = reader;
        _row = new Cell[reader.FieldCount];
        if (reader is CellReader file)
        {
            Columns = file.Columns;
            _readings = [];
            return;
        }

        var columns = new Column[reader.FieldCount];
        _readings = new Func<DbDataReader, int, Cell>[columns.Length];
        var schema = Schema(reader);
        for (var i = 0; i < columns.Length; i++)
        {
            var (name, type, typeName) = (reader.GetName(i), reader.GetFieldType(i), reader.GetDataTypeName(i));
            var (precision, scale) = (schema?[i].NumericPrecision, schema?[i].NumericScale);
            var reading = CellReading.Of(reader, type, typeName, precision) ?? throw new ExportException("export.unknown-type",
                $"Column '{name}' has the type '{typeName}', which a file cannot hold. Cast it to text in the query.");

            if (type == typeof(ulong)) (precision, scale) = (20, 0);
            columns[i] = reading.Kind == ColumnKind.Decimal ? new(name, reading.Kind, precision, scale) : new(name, reading.Kind);
            _readings[i] = reading.Read;
        }

        Columns = columns;
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Overwritten by the next call of <see cref="ReadAsync"/>.</summary>
    public ReadOnlyMemory<Cell> Row => _row;

    /// <returns>False at the end.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _reader.ReadAsync(cancellationToken)) return false;

        if (_reader is CellReader file) file.Row.CopyTo(_row);
        else for (var i = 0; i < _row.Length; i++) _row[i] = _reader.IsDBNull(i) ? Cell.Null : _readings[i](_reader, i);
        return true;
    }

    private static ReadOnlyCollection<DbColumn>? Schema(DbDataReader reader)
    {
        if (!reader.CanGetColumnSchema()) return null;

        var schema = reader.GetColumnSchema();
        return schema.Count == reader.FieldCount ? schema : null;
    }
}
