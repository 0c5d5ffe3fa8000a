using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>
/// A file as a data reader, so that whatever consumes a query (a bulk copy, another export) consumes it too. Forward only, one row
/// in memory. A format says what its columns are and fills the row.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "A data reader is one row at a time, whatever it enumerates.")]
internal abstract class CellReader : DbDataReader, IDbColumnSchemaGenerator
{
    private bool _isClosed;

    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>Overwritten by every <see cref="FillAsync"/>.</summary>
    public abstract ReadOnlySpan<Cell> Row { get; }

    /// <returns>False at the end.</returns>
    protected abstract ValueTask<bool> FillAsync(CancellationToken cancellationToken);

    public override int FieldCount => Columns.Count;
    public override bool HasRows => true;
    public override bool IsClosed => _isClosed;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken) => await FillAsync(cancellationToken);

    // ADO.NET has a synchronous Read as well, which consumers such as a synchronous bulk copy may call. A file is read without a context to
    // come back to, so that waiting for it cannot deadlock.
    public override bool Read() => FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => Columns[ordinal].Name;
    public override string GetDataTypeName(int ordinal) => Columns[ordinal].Kind == ColumnKind.Date ? "date" : Columns[ordinal].Kind.ToString();

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == name) return i;

        throw new ArgumentOutOfRangeException(nameof(name), name, "No such column");
    }

    public override Type GetFieldType(int ordinal) => Columns[ordinal].Kind switch
    {
        ColumnKind.Boolean => typeof(bool),
        ColumnKind.Int16 => typeof(short),
        ColumnKind.Int32 => typeof(int),
        ColumnKind.Int64 => typeof(long),
        ColumnKind.Single => typeof(float),
        ColumnKind.Double => typeof(double),
        ColumnKind.Decimal => typeof(decimal),
        ColumnKind.Date => typeof(DateOnly),
        ColumnKind.Time => typeof(TimeSpan),
        ColumnKind.Timestamp => typeof(DateTime),
        ColumnKind.Instant => typeof(DateTimeOffset),
        ColumnKind.Text => typeof(string),
        ColumnKind.Binary => typeof(byte[]),
        var kind => throw new InvalidOperationException($"No type for {kind}"),
    };

    /// <summary>A decimal that .NET's own cannot hold is its digits as text.</summary>
    public override object GetValue(int ordinal)
    {
        var cell = Row[ordinal];
        if (cell.IsNull) return DBNull.Value;

        return Columns[ordinal].Kind switch
        {
            ColumnKind.Boolean => cell.Boolean,
            ColumnKind.Int16 => (short)cell.Integer,
            ColumnKind.Int32 => (int)cell.Integer,
            ColumnKind.Int64 => cell.Integer,
            ColumnKind.Single => cell.Single,
            ColumnKind.Double => cell.Double,
            ColumnKind.Decimal => cell.WideDecimal ?? (object)cell.Decimal,
            ColumnKind.Date => DateOnly.FromDateTime(cell.Timestamp),
            ColumnKind.Time => cell.Time,
            ColumnKind.Timestamp => cell.Timestamp,
            ColumnKind.Instant => cell.Instant,
            ColumnKind.Text => cell.Text,
            ColumnKind.Binary => cell.Binary,
            var kind => throw new InvalidOperationException($"No value for {kind}"),
        };
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override bool IsDBNull(int ordinal) => Row[ordinal].IsNull;
    public override bool GetBoolean(int ordinal) => Present(ordinal).Boolean;
    public override byte GetByte(int ordinal) => checked((byte)Present(ordinal).Integer);
    public override short GetInt16(int ordinal) => checked((short)Present(ordinal).Integer);
    public override int GetInt32(int ordinal) => checked((int)Present(ordinal).Integer);
    public override long GetInt64(int ordinal) => Present(ordinal).Integer;
    public override float GetFloat(int ordinal) => Present(ordinal).Single;
    public override double GetDouble(int ordinal) => Present(ordinal).Double;
    public override DateTime GetDateTime(int ordinal) => Present(ordinal).Timestamp;
    public override string GetString(int ordinal) => Present(ordinal).Text;
    public override char GetChar(int ordinal) => GetString(ordinal)[0];
    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    public override decimal GetDecimal(int ordinal) => Present(ordinal) is { WideDecimal: null } cell
        ? cell.Decimal
        : throw new OverflowException($"Column '{GetName(ordinal)}' holds more digits than a decimal");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(Present(ordinal).Binary, dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).AsSpan(), dataOffset, buffer, bufferOffset, length);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public ReadOnlyCollection<DbColumn> GetColumnSchema() =>
        Columns.Select((column, i) => (DbColumn)new FileColumn(column, i, GetFieldType(i))).ToList().AsReadOnly();

    public override void Close() => _isClosed = true;

    private Cell Present(int ordinal) => Row[ordinal] is { IsNull: false } cell
        ? cell
        : throw new InvalidCastException($"Column '{GetName(ordinal)}' is null");

    private static long Copy<T>(ReadOnlySpan<T> content, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null) return content.Length;

        var part = content[(int)Math.Min(offset, content.Length)..];
        part = part[..Math.Min(length, part.Length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    private sealed class FileColumn : DbColumn
    {
        public FileColumn(Column column, int ordinal, Type type)
        {
            ColumnName = column.Name;
            ColumnOrdinal = ordinal;
            DataType = type;
            AllowDBNull = true;
            NumericPrecision = column.Precision;
            NumericScale = column.Scale;
        }
    }
}
