using System.Collections;
using System.Collections.ObjectModel;
using System.Data.Common;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// The results of a statement, one after the other, forwards. It holds one block of rows, or one row where values may be long. Results that
/// only count changed rows are passed over and added to <see cref="RecordsAffected"/>.
/// </summary>
internal sealed class OdbcReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly OdbcConnection connection;
    private readonly Statement statement;
    private readonly TimeSpan timeout;
    private readonly bool closesConnection;
    private OdbcColumn[] columns = [];
    private RowBuffer? rows;
    private bool hasRow;
    private bool? firstRow; // looked at before it was asked for
    private bool isAtEnd = true;
    private int recordsAffected = -1;

    public OdbcReader(
        OdbcConnection connection, Statement statement, TimeSpan timeout, bool closesConnection, CancellationToken cancellationToken)
    {
        this.connection = connection;
        this.statement = statement;
        this.timeout = timeout;
        this.closesConnection = closesConnection;
        _ = TakeResult() || NextResult(cancellationToken);
    }

    public override int Depth => 0;

    public override int FieldCount => columns.Length;

    public override bool IsClosed => statement.IsClosed;

    /// <summary>Over all results so far; -1 when nothing counted.</summary>
    public override int RecordsAffected => recordsAffected;

    public override bool HasRows => hasRow || (firstRow ??= !isAtEnd && MoveNext(CancellationToken.None));

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => Read(CancellationToken.None);

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<bool>(cancellationToken);
        return firstRow is not null || isAtEnd || rows!.HasRowAtHand
            ? Task.FromResult(Read(cancellationToken))
            : connection.RunAsync(() => Read(cancellationToken));
    }

    public override bool NextResult() => NextResult(CancellationToken.None);

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<bool>(cancellationToken);
        return connection.RunAsync(() => NextResult(cancellationToken));
    }

    internal bool Read(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        hasRow = firstRow ?? (!isAtEnd && MoveNext(cancellationToken));
        firstRow = null;
        isAtEnd = !hasRow; // drivers differ in what they do after the end
        return hasRow;
    }

    internal bool NextResult(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        rows?.Unbind();
        (rows, columns, hasRow, firstRow, isAtEnd) = (null, [], false, null, true);
        while (Interruptible(statement.MoreResults, cancellationToken))
        {
            if (TakeResult()) return true;
        }

        return false;
    }

    public ReadOnlyCollection<DbColumn> GetColumnSchema() => new(columns);

    public override string GetName(int ordinal) => columns[ordinal].ColumnName;

    public override string GetDataTypeName(int ordinal) => columns[ordinal].DataTypeName!;

    public override Type GetFieldType(int ordinal) => columns[ordinal].Shape.ClrType;

    /// <summary>The exact name is preferred to one that differs in case.</summary>
    public override int GetOrdinal(string name)
    {
        foreach (var comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            var found = Array.FindIndex(columns, column => column.ColumnName.Equals(name, comparison));
            if (found >= 0) return found;
        }

        throw new ArgumentException($"There is no column {name}.", nameof(name));
    }

    public override bool IsDBNull(int ordinal) => Value(ordinal) is null;

    public override object GetValue(int ordinal) => Value(ordinal) ?? DBNull.Value;

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, columns.Length);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override T GetFieldValue<T>(int ordinal)
    {
        var value = GetValue(ordinal);
        if (value is T exact) return exact;
        if (typeof(T) == typeof(DateOnly)) return (T)(object)DateOnly.FromDateTime((DateTime)value);
        if (typeof(T) == typeof(TimeOnly)) return (T)(object)TimeOnly.FromTimeSpan((TimeSpan)value);
        return value is IConvertible ? (T)Convert.ChangeType(value, typeof(T)) : (T)value;
    }

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(GetFieldValue<byte[]>(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy<char>(GetString(ordinal), dataOffset, buffer, bufferOffset, length);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override void Close()
    {
        if (statement.IsClosed) return;
        statement.Dispose();
        if (closesConnection) connection.Close();
    }

    private static long Copy<T>(ReadOnlySpan<T> value, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null) return value.Length;
        var part = value[(int)Math.Min(offset, value.Length)..];
        part = part[..Math.Min(length, part.Length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    // Whether the current result has rows to read, even if there are none.
    private bool TakeResult()
    {
        columns = statement.DescribeColumns();
        if (columns.Length > 0)
        {
            rows = new RowBuffer(statement, columns);
            isAtEnd = false;
            return true;
        }

        if (statement.RowCount() is >= 0 and var changed) recordsAffected = Math.Max(0, recordsAffected) + changed;
        return false;
    }

    private bool MoveNext(CancellationToken cancellationToken) =>
        rows!.HasRowAtHand ? rows.MoveNext() : Interruptible(rows.MoveNext, cancellationToken);

    private bool Interruptible(Func<bool> call, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption(statement, timeout, cancellationToken);
        try
        {
            return call();
        }
        catch (OdbcException e)
        {
            throw interruption.Explain(e);
        }
    }

    private object? Value(int ordinal)
    {
        ThrowIfClosed();
        return hasRow ? rows!.GetValue(ordinal) : throw new InvalidOperationException("There is no row to read from; call Read first.");
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(statement.IsClosed, this);
}
