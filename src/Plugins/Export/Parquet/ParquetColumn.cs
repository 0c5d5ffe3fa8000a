using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>The values of one column of the row group that is being collected.</summary>
internal abstract class ParquetColumn(DataField field)
{
    private const int WidestDecimal = 38;

    protected DataField Field { get; } = field;

    public abstract void Append(in Cell cell);

    /// <summary>Of all values, in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>Empties the column.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);

    public static (DataField Field, ParquetColumn Column) For(Column column, ParquetSettings settings)
    {
        var name = column.Name;
        switch (column.Kind)
        {
            case ColumnKind.Boolean: return Of<bool>(new DataField<bool?>(name), static cell => cell.Boolean);
            case ColumnKind.Int16: return Of<short>(new DataField<short?>(name), static cell => (short)cell.Integer);
            case ColumnKind.Int32: return Of<int>(new DataField<int?>(name), static cell => (int)cell.Integer);
            case ColumnKind.Int64: return Of<long>(new DataField<long?>(name), static cell => cell.Integer);
            case ColumnKind.Single: return Of<float>(new DataField<float?>(name), static cell => cell.Single);
            case ColumnKind.Double: return Of<double>(new DataField<double?>(name), static cell => cell.Double);
            case ColumnKind.Decimal: return OfDecimal(column, settings);
            case ColumnKind.Date:
                return Of<DateTime>(new DateTimeDataField(name, DateTimeFormat.Date, isNullable: true), static cell => cell.Timestamp);
            case ColumnKind.Timestamp: return OfTimestamp(column, isUtc: false, settings);
            case ColumnKind.Instant: return OfTimestamp(column, isUtc: true, settings);
            case ColumnKind.Time:
                // Parquet's time of day has no room for durations, which databases put into such columns.
                return OfText(name, static cell => cell.Time.ToString("c", CultureInfo.InvariantCulture));
            case ColumnKind.Text: return OfText(name, static cell => cell.Text);
            case ColumnKind.Binary:
                var bytes = new DataField(name, typeof(byte[]), isNullable: true);
                return (bytes, new ParquetBytesColumn(bytes));
            default: throw new InvalidOperationException($"No Parquet type for {column.Kind}");
        }
    }

    private static (DataField, ParquetColumn) Of<T>(DataField field, Func<Cell, T> convert) where T : struct =>
        (field, new ParquetColumn<T>(field, convert));

    private static (DataField, ParquetColumn) OfText(string name, Func<Cell, string> convert)
    {
        var field = new DataField(name, typeof(string), isNullable: true);
        return (field, new ParquetTextColumn(field, convert));
    }

    private static (DataField, ParquetColumn) OfTimestamp(Column column, bool isUtc, ParquetSettings settings)
    {
        var field = new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isUtc, settings.TimestampUnit, isNullable: true);
        var kind = isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return Of(field, cell => DateTime.SpecifyKind(ParquetTimestamp.Exact(cell.Timestamp, column, settings.TimestampUnit), kind));
    }

    private static (DataField, ParquetColumn) OfDecimal(Column column, ParquetSettings settings)
    {
        var precision = column.Precision is > 0 and var known ? known : DecimalText.SafePrecision;
        var scale = column.Precision is > 0 ? column.Scale ?? 0 : settings.DefaultScale;
        if (precision > WidestDecimal || scale < 0 || scale > precision)
            throw new ExportException("export.decimal-too-wide",
                $"Column '{column.Name}' is a decimal({precision}, {scale}), and Parquet has {WidestDecimal} digits at most. Cast it to text in the query.");

        if (precision <= DecimalText.SafePrecision)
            return Of<decimal>(new DecimalDataField(column.Name, precision, scale, isNullable: true),
                cell => ParquetDecimal.Exact(cell, column, precision, scale));

        return Of<BigDecimal>(new BigDecimalDataField(column.Name, precision, scale, isNullable: true),
            cell => new BigDecimal(ParquetDecimal.Unscaled(cell, column, precision, scale), precision, scale));
    }
}

internal sealed class ParquetColumn<T>(DataField field, Func<Cell, T> convert) : ParquetColumn(field) where T : struct
{
    private T?[] _values = new T?[1024];
    private int _count;

    public override long Bytes => (long)_count * System.Runtime.CompilerServices.Unsafe.SizeOf<T?>();

    public override void Append(in Cell cell)
    {
        if (_count == _values.Length) Array.Resize(ref _values, _count * 2);
        _values[_count++] = cell.IsNull ? null : convert(cell);
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await group.WriteAsync<T>(Field, new ReadOnlyMemory<T?>(_values, 0, _count), cancellationToken: cancellationToken);
        _count = 0;
    }
}

internal sealed class ParquetTextColumn(DataField field, Func<Cell, string> convert) : ParquetColumn(field)
{
    private const int ObjectBytes = 24;

    private readonly List<string> _values = [];
    private long _bytes;

    public override long Bytes => _bytes;

    public override void Append(in Cell cell)
    {
        var text = cell.IsNull ? null : convert(cell);
        _values.Add(text!);
        _bytes += IntPtr.Size + (text is null ? 0 : ObjectBytes + (2L * text.Length));
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await group.WriteAsync(Field, _values);
        _values.Clear();
        _bytes = 0;
    }
}

internal sealed class ParquetBytesColumn(DataField field) : ParquetColumn(field)
{
    private const int ObjectBytes = 24;

    private readonly List<byte[]> _values = [];
    private long _bytes;

    public override long Bytes => _bytes;

    public override void Append(in Cell cell)
    {
        var content = cell.IsNull ? null : cell.Binary;
        _values.Add(content!);
        _bytes += IntPtr.Size + (content is null ? 0 : ObjectBytes + content.Length);
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await group.WriteAsync(Field, _values);
        _values.Clear();
        _bytes = 0;
    }
}
