using System.Globalization;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>A statement of a session, from its execution to its last row.</summary>
internal sealed unsafe class Statement(Session session, OdbcHandle handle) : IDisposable
{
    public Session Session => session;

    public bool IsClosed => handle.IsClosed;

    /// <summary>A driver that knows no time-outs is stopped by <see cref="Interruption"/> alone.</summary>
    public void SetTimeout(int seconds)
    {
        if (seconds == 0) return;
        lock (session.Gate) _ = DriverManager.SetStatementAttribute(handle, Attributes.QueryTimeout, (void*)(nint)seconds, 0);
    }

    public void Bind(int index, OdbcValue value)
    {
        lock (session.Gate)
        {
            Check(
                DriverManager.BindParameter(
                    handle, (ushort)(index + 1), Options.Input, value.NativeType, value.SqlType, (nuint)value.Size, value.Digits, value.Bytes,
                    value.Capacity, value.Length),
                $"Parameter {index + 1} was refused");
        }
    }

    public void Execute(string text)
    {
        lock (session.Gate)
        {
            fixed (char* pointer = text)
            {
                // A statement that changed no row may answer that there is no data.
                var result = DriverManager.Execute(handle, pointer, text.Length);
                if (result != Result.NoData) Check(result, "The statement failed");
            }
        }
    }

    /// <summary>Goes to the next result.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoreResults()
    {
        lock (session.Gate)
        {
            var result = DriverManager.MoreResults(handle);
            if (result != Result.NoData) Check(result, "The next result failed");
            return result != Result.NoData;
        }
    }

    /// <summary>Rows that were changed; -1 where the driver does not count.</summary>
    public int RowCount()
    {
        lock (session.Gate)
        {
            return DriverManager.RowCount(handle, out var rows) is Result.Success or Result.SuccessWithInfo
                ? (int)Math.Clamp(rows, -1, int.MaxValue)
                : -1;
        }
    }

    /// <summary>Of the current result; empty when it has no rows to read.</summary>
    public OdbcColumn[] DescribeColumns()
    {
        lock (session.Gate)
        {
            Check(DriverManager.ColumnCount(handle, out var count), "The result is not described");
            return [.. Enumerable.Range(0, count).Select(Describe)];
        }
    }

    /// <returns>Whether the driver knows blocks of rows; it may make them smaller.</returns>
    public bool TryFetchBlocks(int rows)
    {
        lock (session.Gate)
        {
            return DriverManager.SetStatementAttribute(handle, Attributes.RowsPerFetch, (void*)(nint)rows, 0)
                is Result.Success or Result.SuccessWithInfo;
        }
    }

    public void SetAttribute(int attribute, void* value, string intent)
    {
        lock (session.Gate) Check(DriverManager.SetStatementAttribute(handle, attribute, value, 0), intent);
    }

    public void BindColumn(int ordinal, short nativeType, byte* value, nint capacity, nint* lengths)
    {
        lock (session.Gate)
            Check(DriverManager.BindColumn(handle, (ushort)(ordinal + 1), nativeType, value, capacity, lengths), "A column was refused");
    }

    public void UnbindColumns()
    {
        lock (session.Gate) Check(DriverManager.FreeStatement(handle, Options.Unbind), "The columns stay bound");
    }

    /// <returns>Whether there were rows.</returns>
    /// <param name="statuses">One for each row of a block; empty where single rows are fetched.</param>
    public bool Fetch(ReadOnlySpan<ushort> statuses)
    {
        lock (session.Gate)
        {
            var result = DriverManager.Fetch(handle);
            if (result == Result.NoData) return false;

            Check(result, "The next rows failed");
            if (result == Result.SuccessWithInfo && statuses.Contains(Options.RowError)) throw Error("A row failed");
            return true;
        }
    }

    /// <summary>Makes a row of a block, counted from 0, the one that <see cref="GetData"/> reads.</summary>
    public void GoTo(int row)
    {
        lock (session.Gate)
            Check(DriverManager.SetPosition(handle, (nuint)row + 1, Options.Position, 0), "The row cannot be completed");
    }

    /// <returns><see cref="Result.Success"/>, <see cref="Result.SuccessWithInfo"/> where the value may go on, <see cref="Result.NoData"/> after its end.</returns>
    public short GetData(int ordinal, short nativeType, byte* value, nint capacity, out nint length)
    {
        lock (session.Gate)
        {
            nint found = 0;
            var result = DriverManager.GetData(handle, (ushort)(ordinal + 1), nativeType, value, capacity, &found);
            if (result != Result.NoData) Check(result, $"Column {ordinal + 1} cannot be read");
            length = found;
            return result;
        }
    }

    /// <summary>Asks the database to stop what runs, from any thread and without waiting for it. A closed statement has nothing to stop.</summary>
    public void Cancel()
    {
        try
        {
            _ = DriverManager.Cancel(handle);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose() => session.Close(this, handle);

    private OdbcColumn Describe(int ordinal)
    {
        const int maximumName = 512;
        var number = (ushort)(ordinal + 1);
        var name = stackalloc char[maximumName];
        Check(
            DriverManager.DescribeColumn(
                handle, number, name, maximumName, out var nameLength, out var type, out var size, out var digits, out var nullable),
            $"Column {number.ToString(CultureInfo.InvariantCulture)} is not described");

        var typeName = stackalloc char[maximumName];
        _ = DriverManager.ColumnAttribute(handle, number, Attributes.ColumnUnsigned, null, 0, out _, out var isUnsigned);
        var named = DriverManager.ColumnAttribute(
            handle, number, Attributes.ColumnTypeName, typeName, maximumName * sizeof(char), out var bytes, out _);

        return new OdbcColumn(
            ordinal,
            new string(name, 0, Math.Clamp(nameLength, (short)0, (short)(maximumName - 1))),
            new SqlTypeDescription(type, (long)size, digits, isUnsigned != 0),
            named is Result.Success or Result.SuccessWithInfo ? new string(typeName, 0, Math.Clamp(bytes / sizeof(char), 0, maximumName - 1)) : "",
            nullable switch { 0 => false, 1 => true, _ => null });
    }

    private void Check(short result, string intent)
    {
        if (result is not (Result.Success or Result.SuccessWithInfo)) throw Error(intent);
    }

    private OdbcException Error(string intent) => Diagnostics.Read(handle, intent, session.Secrets);
}
