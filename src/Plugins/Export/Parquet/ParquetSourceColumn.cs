using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>One column of the row group that is being read.</summary>
internal abstract class ParquetSourceColumn(Column column)
{
    public Column Column { get; } = column;

    public abstract Task LoadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken);

    public abstract Cell this[int row] { get; }

    public static ParquetSourceColumn For(DataField field)
    {
        if (field.MaxRepetitionLevel > 0 || field.Path.Length > 1) throw Unknown(field);

        return field.ClrType switch
        {
            var type when type == typeof(bool) => Of<bool>(field, ColumnKind.Boolean, static value => Cell.Of(value)),
            var type when type == typeof(sbyte) => Of<sbyte>(field, ColumnKind.Int16, static value => Cell.Of((long)value)),
            var type when type == typeof(byte) => Of<byte>(field, ColumnKind.Int16, static value => Cell.Of((long)value)),
            var type when type == typeof(short) => Of<short>(field, ColumnKind.Int16, static value => Cell.Of((long)value)),
            var type when type == typeof(ushort) => Of<ushort>(field, ColumnKind.Int32, static value => Cell.Of((long)value)),
            var type when type == typeof(int) => Of<int>(field, ColumnKind.Int32, static value => Cell.Of((long)value)),
            var type when type == typeof(uint) => Of<uint>(field, ColumnKind.Int64, static value => Cell.Of((long)value)),
            var type when type == typeof(long) => Of<long>(field, ColumnKind.Int64, static value => Cell.Of(value)),
            var type when type == typeof(ulong) => Of<ulong>(field, ColumnKind.Decimal, static value => Cell.Of((decimal)value)),
            var type when type == typeof(float) => Of<float>(field, ColumnKind.Single, static value => Cell.Of(value)),
            var type when type == typeof(double) => Of<double>(field, ColumnKind.Double, static value => Cell.Of(value)),
            var type when type == typeof(decimal) => Of<decimal>(field, ColumnKind.Decimal, static value => Cell.Of(value)),
            var type when type == typeof(BigDecimal) =>
                Of<BigDecimal>(field, ColumnKind.Decimal, static value => ParquetDecimal.Scaled(value.UnscaledValue, value.Scale)),
            var type when type == typeof(DateTime) => Of<DateTime>(field, KindOf(field), static value => Cell.Of(value)),
            var type when type == typeof(DateOnly) => Of<DateOnly>(field, ColumnKind.Date, static value => Cell.Of(value)),
            var type when type == typeof(TimeSpan) => Of<TimeSpan>(field, ColumnKind.Time, static value => Cell.Of(value)),
            var type when type == typeof(TimeOnly) => Of<TimeOnly>(field, ColumnKind.Time, static value => Cell.Of(value.ToTimeSpan())),
            var type when type == typeof(Guid) => Of<Guid>(field, ColumnKind.Text, static value => Cell.Of(value.ToString())),
            var type when type == typeof(ReadOnlyMemory<char>) => new ParquetSourceText(field, new(field.Name, ColumnKind.Text)),
            var type when type == typeof(ReadOnlyMemory<byte>) => new ParquetSourceBytes(field, new(field.Name, ColumnKind.Binary)),
            _ => throw Unknown(field),
        };
    }

    private static ParquetSourceColumn<T> Of<T>(DataField field, ColumnKind kind, Func<T, Cell> convert) where T : struct
    {
        var (precision, scale) = field is DecimalDataField number ? (number.Precision, number.Scale) : ((int?)null, (int?)null);
        return new(field, new(field.Name, kind, precision, scale), convert);
    }

    private static ColumnKind KindOf(DataField field) => field switch
    {
        DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } => ColumnKind.Date,
        DateTimeDataField { IsAdjustedToUTC: true } => ColumnKind.Instant,
        _ => ColumnKind.Timestamp,
    };

    private static ExportException Unknown(DataField field) =>
        new("export.unknown-type", $"Column '{field.Path}' of the Parquet file is nested or of a type that a table cannot hold.");
}

internal sealed class ParquetSourceColumn<T>(DataField field, Column column, Func<T, Cell> convert) : ParquetSourceColumn(column) where T : struct
{
    private T?[] _nullable = [];
    private T[] _values = [];

    public override Cell this[int row] => field.IsNullable
        ? _nullable[row] is { } value ? convert(value) : Cell.Null
        : convert(_values[row]);

    public override async Task LoadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        var rows = checked((int)group.RowCount);
        if (field.IsNullable)
        {
            if (_nullable.Length < rows) _nullable = new T?[rows];
            await group.ReadAsync<T>(field, _nullable.AsMemory(0, rows), cancellationToken: cancellationToken);
        }
        else
        {
            if (_values.Length < rows) _values = new T[rows];
            await group.ReadAsync<T>(field, _values.AsMemory(0, rows), cancellationToken: cancellationToken);
        }
    }
}

internal sealed class ParquetSourceText(DataField field, Column column) : ParquetSourceColumn(column)
{
    private string?[] _values = [];

    public override Cell this[int row] => _values[row] is { } value ? Cell.Of(value) : Cell.Null;

    public override async Task LoadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        _values = new string?[checked((int)group.RowCount)];
        await group.ReadAsync(field, _values!, cancellationToken: cancellationToken);
    }
}

internal sealed class ParquetSourceBytes(DataField field, Column column) : ParquetSourceColumn(column)
{
    private byte[]?[] _values = [];

    public override Cell this[int row] => _values[row] is { } value ? Cell.Of(value) : Cell.Null;

    public override async Task LoadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        _values = new byte[]?[checked((int)group.RowCount)];
        await group.ReadAsync(field, _values!, cancellationToken: cancellationToken);
    }
}
