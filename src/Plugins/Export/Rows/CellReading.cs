using System.Data.Common;
using System.Globalization;
using System.Numerics;
using MySqlConnector;
using Npgsql;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>How a column of a data reader becomes cells: its kind, and the typed getter that avoids boxing.</summary>
internal sealed record CellReading(ColumnKind Kind, Func<DbDataReader, int, Cell> Read)
{
    private static readonly Dictionary<Type, CellReading> ByType = new()
    {
        [typeof(bool)] = new(ColumnKind.Boolean, static (r, i) => Cell.Of(r.GetBoolean(i))),
        [typeof(byte)] = new(ColumnKind.Int16, static (r, i) => Cell.Of((long)r.GetByte(i))),
        [typeof(sbyte)] = new(ColumnKind.Int16, static (r, i) => Cell.Of((long)r.GetFieldValue<sbyte>(i))),
        [typeof(short)] = new(ColumnKind.Int16, static (r, i) => Cell.Of((long)r.GetInt16(i))),
        [typeof(ushort)] = new(ColumnKind.Int32, static (r, i) => Cell.Of((long)r.GetFieldValue<ushort>(i))),
        [typeof(int)] = new(ColumnKind.Int32, static (r, i) => Cell.Of((long)r.GetInt32(i))),
        [typeof(uint)] = new(ColumnKind.Int64, static (r, i) => Cell.Of((long)r.GetFieldValue<uint>(i))),
        [typeof(long)] = new(ColumnKind.Int64, static (r, i) => Cell.Of(r.GetInt64(i))),
        [typeof(ulong)] = new(ColumnKind.Decimal, static (r, i) => Cell.Of((decimal)r.GetFieldValue<ulong>(i))),
        [typeof(float)] = new(ColumnKind.Single, static (r, i) => Cell.Of(r.GetFloat(i))),
        [typeof(double)] = new(ColumnKind.Double, static (r, i) => Cell.Of(r.GetDouble(i))),
        [typeof(decimal)] = new(ColumnKind.Decimal, ReadDecimal),
        [typeof(BigInteger)] = new(ColumnKind.Decimal, ReadWideDecimal),
        [typeof(DateOnly)] = new(ColumnKind.Date, static (r, i) => Cell.Of(r.GetFieldValue<DateOnly>(i))),
        [typeof(TimeOnly)] = new(ColumnKind.Time, static (r, i) => Cell.Of(r.GetFieldValue<TimeOnly>(i).ToTimeSpan())),
        [typeof(TimeSpan)] = new(ColumnKind.Time, static (r, i) => Cell.Of(r.GetFieldValue<TimeSpan>(i))),
        [typeof(DateTime)] = new(ColumnKind.Timestamp, static (r, i) => Cell.Of(r.GetDateTime(i))),
        [typeof(DateTimeOffset)] = new(ColumnKind.Instant, static (r, i) => Cell.Of(r.GetFieldValue<DateTimeOffset>(i))),
        [typeof(string)] = new(ColumnKind.Text, static (r, i) => Cell.Of(r.GetString(i))),
        [typeof(char)] = new(ColumnKind.Text, static (r, i) => Cell.Of(r.GetChar(i).ToString())),
        [typeof(Guid)] = new(ColumnKind.Text, static (r, i) => Cell.Of(r.GetGuid(i).ToString())),
        [typeof(byte[])] = new(ColumnKind.Binary, static (r, i) => Cell.Of(r.GetFieldValue<byte[]>(i))),
    };

    private static readonly CellReading WideDecimal = new(ColumnKind.Decimal, ReadWideDecimal);
    private static readonly CellReading DateOfDateTime = new(ColumnKind.Date, static (r, i) => Cell.Of(r.GetDateTime(i)));
    private static readonly CellReading UtcDateTime = new(ColumnKind.Instant, static (r, i) => Cell.Of(InUtc(r.GetDateTime(i))));

    private static readonly CellReading WideMySqlDecimal = new(ColumnKind.Decimal, static (r, i) =>
        DecimalText.TryParse(((MySqlDataReader)r).GetMySqlDecimal(i).ToString(), out var cell) ? cell : ReadDecimal(r, i));

    private static readonly CellReading PostgreSqlTime = new(ColumnKind.Time, static (r, i) => Cell.Of(r.GetFieldValue<TimeSpan>(i)));
    private static readonly CellReading PostgreSqlDate = new(ColumnKind.Date, static (r, i) => Cell.Of(FromEpoch(r, i, r.GetFieldValue<int>(i), TimeSpan.TicksPerDay)));
    private static readonly CellReading PostgreSqlTimestamp =
        new(ColumnKind.Timestamp, static (r, i) => Cell.Of(FromEpoch(r, i, r.GetFieldValue<long>(i), TimeSpan.TicksPerMicrosecond)));
    private static readonly CellReading PostgreSqlInstant =
        new(ColumnKind.Instant, static (r, i) => Cell.Of(new DateTimeOffset(FromEpoch(r, i, r.GetFieldValue<long>(i), TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)));

    /// <summary>Null for types that no file format here can hold, such as arrays.</summary>
    public static CellReading? Of(DbDataReader reader, Type type, string dataType, int? precision) => reader switch
    {
        MySqlDataReader => OfMySql(type, dataType, precision),
        NpgsqlDataReader => OfPostgreSql(type, dataType, precision),
        _ => Of(type, dataType, precision),
    };

    private static CellReading? Of(Type type, string dataType, int? precision) => type switch
    {
        _ when type == typeof(decimal) && precision > DecimalText.SafePrecision => WideDecimal,
        _ when type == typeof(DateTime) && dataType.Equals("date", StringComparison.OrdinalIgnoreCase) => DateOfDateTime,
        // PostgreSQL's spelling, which other drivers for it may have too.
        _ when type == typeof(DateTime) && dataType.StartsWith("timestamp with time zone", StringComparison.OrdinalIgnoreCase) => UtcDateTime,
        _ => ByType.GetValueOrDefault(type),
    };

    /// <summary>A <c>TIMESTAMP</c> is a moment, in the zone of the session, which is UTC.</summary>
    private static CellReading? OfMySql(Type type, string dataType, int? precision) => type switch
    {
        _ when type == typeof(decimal) && !(precision <= DecimalText.SafePrecision) => WideMySqlDecimal,
        _ when type == typeof(DateTime) && dataType == "TIMESTAMP" => UtcDateTime,
        _ => Of(type, dataType, precision),
    };

    /// <summary>As the server sends them: .NET's types have no 24:00, and stand for infinity with a date that is one.</summary>
    private static CellReading? OfPostgreSql(Type type, string dataType, int? precision) => dataType switch
    {
        "date" => PostgreSqlDate,
        _ when type == typeof(TimeOnly) => PostgreSqlTime,
        _ when type == typeof(DateTime) && dataType.Contains("with time zone", StringComparison.Ordinal) => PostgreSqlInstant,
        _ when type == typeof(DateTime) => PostgreSqlTimestamp,
        _ => Of(type, dataType, precision),
    };

    private static DateTime FromEpoch(DbDataReader reader, int ordinal, long count, long ticks)
    {
        var epoch = new DateTime(2000, 1, 1);
        if (count > (DateTime.MaxValue.Ticks - epoch.Ticks) / ticks || count < -(epoch.Ticks / ticks))
            throw new ExportException("export.value", $"Column '{reader.GetName(ordinal)}' holds infinity, or a date outside of the years 1 to 9999. Cast it to text in the query.");

        return epoch.AddTicks(count * ticks);
    }

    private static Cell ReadDecimal(DbDataReader reader, int ordinal)
    {
        try
        {
            return Cell.Of(reader.GetDecimal(ordinal));
        }
        catch (OverflowException e)
        {
            throw new ExportException("export.decimal-too-wide",
                $"Column '{reader.GetName(ordinal)}' holds a number of more digits than its driver can hand over. Cast it to text in the query.", e);
        }
    }

    /// <summary>Drivers keep numbers that .NET's decimal cannot hold in a type of their own, whose text has all digits.</summary>
    private static Cell ReadWideDecimal(DbDataReader reader, int ordinal)
    {
        var value = reader.GetProviderSpecificValue(ordinal);
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return DecimalText.TryParse(text, out var cell) ? cell : ReadDecimal(reader, ordinal);
    }

    private static DateTimeOffset InUtc(DateTime value) =>
        new(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
