using System.Data.Common;
using System.Diagnostics;
using Scheduler.Plugins.Odbc;

namespace Scheduler.Plugins.Tests.Odbc;

/// <summary>What callers may expect of any driver. It measures what the process holds, so that nothing runs beside it.</summary>
[Collection(Alone)]
public abstract class OdbcConformance(OdbcDatabase database)
{
    public const string Alone = "ODBC";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Texts => ["", "plain", "it's \"quoted\" \\ ? ; {x}", "Größe żółć", "数据作业调度", "👩‍🚀 🎉", "line\nbreak\ttab "];

    [Fact]
    public async Task Values_of_every_type_come_back_as_they_went()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "every_type");
        var instant = new DateTime(2026, 2, 28, 23, 59, 58).AddTicks(Microseconds(123_000));

        await InsertAsync(
            connection, "every_type", 1, "text", int.MinValue, long.MaxValue, 123456789012345678.0123456789m, 0.1, true, instant,
            new DateOnly(2024, 2, 29), new TimeSpan(13, 14, 15), new byte[] { 0, 1, 255, 0 });

        await using var reader = await QueryAsync(connection, "SELECT * FROM every_type");
        Assert.True(await reader.ReadAsync());
        Assert.Equal("text", reader.GetString(1));
        Assert.Equal(int.MinValue, reader.GetInt32(2));
        Assert.Equal(long.MaxValue, reader.GetInt64(3));
        Assert.Equal("123456789012345678.0123456789", reader.GetValue(4).ToString());
        Assert.Equal(0.1, reader.GetDouble(5));
        Assert.True(reader.GetBoolean(6));
        Assert.Equal(instant, reader.GetDateTime(7));
        Assert.Equal(new DateTime(2024, 2, 29), reader.GetDateTime(8));
        Assert.Equal(new TimeSpan(13, 14, 15), reader.GetValue(9));
        Assert.Equal([0, 1, 255, 0], (byte[])reader.GetValue(10));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task Null_is_null_in_every_type()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "nulls");
        await InsertAsync(connection, "nulls", 1, null, null, null, null, null, null, null, null, null, null);

        await using var reader = await QueryAsync(connection, "SELECT * FROM nulls");
        Assert.True(reader.Read());
        for (var i = 1; i < reader.FieldCount; i++)
        {
            Assert.True(reader.IsDBNull(i), reader.GetName(i));
            Assert.Equal(DBNull.Value, reader.GetValue(i));
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public async Task Text_keeps_every_character(string text)
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "texts");
        await InsertAsync(connection, "texts", 1, text, 0, 0, 0m, 0d, false, null, null, null, Array.Empty<byte>());

        await using var reader = await QueryAsync(connection, "SELECT t, bin FROM texts");
        Assert.True(reader.Read());
        Assert.Equal(text, reader.GetString(0));
        Assert.Equal([], (byte[])reader.GetValue(1));
    }

    [Fact]
    public async Task Long_text_and_long_binaries_come_whole()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "long_values");
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i:000000} 数据 🎉"));
        var binary = new byte[3_000_001];
        new Random(7).NextBytes(binary);
        await InsertAsync(connection, "long_values", 1, text, 0, 0, 0m, 0d, false, null, null, null, binary);

        await using var reader = await QueryAsync(connection, "SELECT t, bin FROM long_values");
        Assert.True(reader.Read());
        Assert.True(text == reader.GetString(0), "the text differs");
        Assert.True(binary.AsSpan().SequenceEqual((byte[])reader.GetValue(1)), "the bytes differ");
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_number_of_rows()
    {
        await using var connection = await database.OpenAsync();
        await using var reader = await QueryAsync(connection, database.ManyRows);
        long rows = 0, sum = 0, atTheStart = 0, most = 0;
        while (await reader.ReadAsync())
        {
            sum += reader.GetInt64(0);
            Assert.StartsWith("row ", reader.GetString(1));
            if (++rows == 20_000) atTheStart = ResidentMemory();
            else if (rows % 20_000 == 0) most = Math.Max(most, ResidentMemory());
        }

        Assert.Equal((200_000, 200_000L * 200_001 / 2), (rows, sum));
        Assert.InRange(most - atTheStart, long.MinValue, 60 << 20);
    }

    [Fact]
    public async Task Cancelling_stops_a_statement()
    {
        await using var connection = await database.OpenAsync();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var running = ExecuteAsync(connection, database.LongStatement, source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Soon));
        Assert.Equal(1L, Convert.ToInt64(await ExecuteAsync(connection, "SELECT 1")));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped()
    {
        await using var connection = await database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = database.LongStatement;
        command.CommandTimeout = 1;

        var error = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteScalarAsync().WaitAsync(Soon));
        Assert.Equal("HYT00", error.SqlState);
        Assert.Equal(1L, Convert.ToInt64(await ExecuteAsync(connection, "SELECT 1")));
    }

    [Fact]
    public async Task A_command_can_be_cancelled_from_another_thread()
    {
        await using var connection = await database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = database.LongStatement;
        var running = command.ExecuteScalarAsync();
        await using var repeat = new Timer(_ => command.Cancel(), null, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<DbException>(() => running.WaitAsync(Soon));
    }

    [Fact]
    public async Task Changed_rows_are_counted()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "changes");
        await using var command = connection.CreateCommand();

        command.CommandText = "INSERT INTO changes (id) VALUES (1), (2), (3)";
        Assert.Equal(3, await command.ExecuteNonQueryAsync());
        command.CommandText = "UPDATE changes SET t = 'x' WHERE id > 1";
        Assert.Equal(2, command.ExecuteNonQuery());
        command.CommandText = "DELETE FROM changes WHERE id = 99";
        Assert.Equal(0, command.ExecuteNonQuery());
    }

    [Fact]
    public async Task A_transaction_counts_as_a_whole_or_not_at_all()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "kept");
        await using (await connection.BeginTransactionAsync()) await ExecuteAsync(connection, "INSERT INTO kept (id) VALUES (1)");
        Assert.Equal(0L, Convert.ToInt64(await ExecuteAsync(connection, "SELECT count(*) FROM kept")));

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, "INSERT INTO kept (id) VALUES (1)");
            await transaction.CommitAsync();
        }

        await ExecuteAsync(connection, "INSERT INTO kept (id) VALUES (2)");
        await using var another = await database.OpenAsync();
        Assert.Equal(2L, Convert.ToInt64(await ExecuteAsync(another, "SELECT count(*) FROM kept")));
    }

    [Fact]
    public async Task Columns_are_described()
    {
        await using var connection = await database.OpenAsync();
        await CreateTableAsync(connection, "described");
        await using var reader = await QueryAsync(connection, "SELECT id, t, l, ts, bin FROM described");

        var columns = reader.GetColumnSchema();
        Assert.Equal(["id", "t", "l", "ts", "bin"], columns.Select(column => column.ColumnName));
        Assert.Equal(
            [typeof(int), typeof(string), typeof(long), typeof(DateTime), typeof(byte[])], columns.Select(column => column.DataType));
        Assert.All(columns, column => Assert.NotEqual(false, column.AllowDBNull));
        Assert.All(columns, column => Assert.NotEmpty(column.DataTypeName!));
        Assert.False(reader.HasRows);
    }

    [Fact]
    public async Task An_error_tells_what_the_database_said()
    {
        await using var connection = await database.OpenAsync();
        var error = await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(connection, "SELECT * FROM no_such_table"));

        Assert.Equal(5, error.SqlState!.Length);
        Assert.Contains("no_such_table", error.Message);
        Assert.Contains(error.SqlState, error.Message);
    }

    [Fact]
    public async Task A_refused_connection_tells_why_without_the_secret()
    {
        await using var connection = OdbcFactories.Current.CreateConnection()!;
        connection.ConnectionString = database.RefusedConnectionString;

        var error = await Assert.ThrowsAnyAsync<DbException>(() => connection.OpenAsync().WaitAsync(Soon));
        Assert.NotNull(error.SqlState);
        Assert.DoesNotContain("hunter2", error.ToString());
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
    }

    [Fact]
    public async Task A_missing_driver_names_its_package()
    {
        await using var connection = new OdbcConnection();
        connection.ConnectionString = database.ConnectionString.Replace("Driver={", "Driver={No ");

        var error = await Assert.ThrowsAsync<OdbcException>(() => connection.OpenAsync());
        Assert.Contains($"apt-get install {database.DriverPackage}", error.Message);
    }

    [Fact]
    public async Task What_is_disposed_is_not_used_again()
    {
        var connection = await database.OpenAsync();
        Assert.NotEmpty(connection.ServerVersion);
        var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        var reader = await command.ExecuteReaderAsync();
        Assert.True(reader.Read());

        await reader.DisposeAsync();
        Assert.ThrowsAny<InvalidOperationException>(() => reader.Read());
        Assert.ThrowsAny<InvalidOperationException>(() => reader.GetValue(0));
        reader = await command.ExecuteReaderAsync();
        await connection.DisposeAsync();
        Assert.True(reader.IsClosed);
        Assert.ThrowsAny<InvalidOperationException>(() => reader.Read());
        Assert.ThrowsAny<InvalidOperationException>(() => command.ExecuteScalar());
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => command.ExecuteScalarAsync());
        await command.DisposeAsync();
    }

    [Fact]
    public async Task Connections_and_statements_leave_nothing_behind()
    {
        await OpenAndCloseAsync(50);
        var (files, threads) = Held();

        await OpenAndCloseAsync(350);

        var (filesAfter, threadsAfter) = Held();
        Assert.InRange(filesAfter, 0, files + 20);
        Assert.InRange(threadsAfter, 0, threads + 20);
    }

    private static long Microseconds(int count) => count * TimeSpan.TicksPerMicrosecond;

    private static long ResidentMemory()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static (int Files, int Threads) Held()
    {
        using var self = Process.GetCurrentProcess();
        return (Directory.GetFiles("/proc/self/fd").Length, self.Threads.Count);
    }

    protected static async Task<DbDataReader> QueryAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync();
    }

    private static async Task<object?> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task InsertAsync(DbConnection connection, string table, params object?[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", values.Select(_ => "?"))})";
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private async Task CreateTableAsync(DbConnection connection, string name)
    {
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {name}");
        await ExecuteAsync(connection, $"CREATE TABLE {name} ({database.Columns})");
    }

    private async Task OpenAndCloseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var connection = await database.OpenAsync();
            await using var reader = await QueryAsync(connection, "SELECT 1");
            Assert.True(reader.Read());
            await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(connection, "SELECT FROM WHERE"));
        }
    }
}

[CollectionDefinition(OdbcConformance.Alone, DisableParallelization = true)]
public sealed class OdbcRunsAlone;
