using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Scheduler.Contracts;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Sqlite;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage;

public sealed class SqliteDatabaseTests(SqliteStorage storage) : DatabaseTests(storage), IClassFixture<SqliteStorage>
{
    [Fact]
    public async Task A_lock_held_by_another_connection_is_waited_for()
    {
        await using var other = await HoldWriteLockAsync();
        var write = AddAsync("waited");
        Assert.False(write.IsCompleted);

        await other.CloseAsync();

        Assert.Equal(1, await write);
    }

    [Fact]
    public async Task A_lock_held_for_longer_than_patience_is_unavailability_and_passes()
    {
        var options = new DatabaseOptions { DataDirectory = Storage.Options.DataDirectory, Patience = TimeSpan.FromMilliseconds(100) };
        await using var impatient = new SqliteDatabase(options);
        await using (await HoldWriteLockAsync())
            await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync("late", impatient));

        Assert.Equal(1, await AddAsync("later", impatient));
    }

    private async Task<SqliteConnection> HoldWriteLockAsync()
    {
        var connection = new SqliteConnection(
            SqliteDatabase.ConnectionStringFor(Storage.Options) + ";Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync("BEGIN IMMEDIATE");
        return connection;
    }
}

public sealed class PostgreSqlDatabaseTests(PostgreSqlStorage storage) : DatabaseTests(storage), IClassFixture<PostgreSqlStorage>
{
    [Fact]
    public async Task A_transaction_whose_connection_is_lost_runs_again()
    {
        var runs = 0;
        await Storage.Silo.Database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("INSERT INTO thing (name) VALUES ('lost')", transaction: transaction);
                var backend = await connection.ExecuteScalarAsync<int>("SELECT pg_backend_pid()", transaction: transaction);
                if (++runs == 1) await KillAsync(backend);
                return 0;
            },
            default);

        Assert.Equal((2, 1), (runs, await CountAsync("lost")));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_not_repeated()
    {
        var source = Storage.Silo.PostgreSql.Source;
        var transaction = new PostgreSqlTransaction<int>((connection, inner) =>
            connection.ExecuteAsync("INSERT INTO thing (name) VALUES ('once')", transaction: inner));
        await using var first = await source.OpenConnectionAsync();
        await using var second = await source.OpenConnectionAsync();

        await transaction.TryRunAsync(first, default);
        var (done, rows) = await transaction.TryRunAsync(second, default);

        Assert.Equal((true, 1, 1), (done, rows, await CountAsync("once")));
    }

    [Fact]
    public async Task A_deadlock_ends_with_both_transactions_committed()
    {
        await AddAsync("left");
        await AddAsync("right");
        using var bothHoldOne = new Barrier(2);
        var first = true;

        Task<int> Cross(string one, string two) => Task.Run(() => Storage.Silo.Database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("UPDATE thing SET touched = touched + 1 WHERE name = @one", new { one }, transaction);
                if (Volatile.Read(ref first)) bothHoldOne.SignalAndWait(TimeSpan.FromSeconds(10));
                Volatile.Write(ref first, false);
                return await connection.ExecuteAsync("UPDATE thing SET touched = touched + 1 WHERE name = @two", new { two }, transaction);
            },
            default));

        await Task.WhenAll(Cross("left", "right"), Cross("right", "left"));

        Assert.Equal(4, await Storage.Silo.Database.ReadAsync(
            connection => connection.ExecuteScalarAsync<int>("SELECT sum(touched) FROM thing WHERE name IN ('left', 'right')"), default));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailability_after_the_patience()
    {
        var options = new DatabaseOptions
        {
            ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=none",
            Patience = TimeSpan.FromMilliseconds(200),
        };
        await using var database = new PostgreSqlDatabase(options, TimeProvider.System);

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => database.ReadAsync(connection => connection.ExecuteScalarAsync<int>("SELECT 1"), default));
    }

    private static async Task KillAsync(int pid) =>
        await (await PostgreSqlServer.SharedAsync()).ExecuteAsync($"SELECT pg_terminate_backend({pid})");
}

/// <summary>What both databases do for those who write statements once.</summary>
public abstract class DatabaseTests(StorageFixture storage) : IAsyncLifetime
{
    protected StorageFixture Storage => storage;

    public async Task InitializeAsync() => await storage.Silo.Database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS thing (name text PRIMARY KEY, touched integer NOT NULL DEFAULT 0)", transaction: transaction),
        default);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_was_written_is_read()
    {
        Assert.Equal(1, await AddAsync("written"));
        Assert.Equal(1, await CountAsync("written"));
    }

    [Fact]
    public async Task An_exception_rolls_back_and_arrives_unchanged()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => storage.Silo.Database.WriteAsync<int>(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("INSERT INTO thing (name) VALUES ('half')", transaction: transaction);
                throw new InvalidDataException("no");
            },
            default));

        Assert.Equal(("no", 0), (thrown.Message, await CountAsync("half")));
    }

    [Fact]
    public async Task A_failure_spoils_nothing_for_those_who_write_at_the_same_time()
    {
        var writes = Enumerable.Range(0, 300).Select(i => i % 10 == 0 ? AddAsync("same") : AddAsync($"neighbour {i}")).ToList();

        var failed = 0;
        foreach (var write in writes)
            try { await write; }
            catch (DbException) { failed++; }

        Assert.Equal((29, 1, 270), (failed, await CountAsync("same"), await CountAsync("neighbour %")));
    }

    internal Task<int> AddAsync(string name, IDatabase? database = null) => (database ?? storage.Silo.Database).WriteAsync(
        (connection, transaction) => connection.ExecuteAsync("INSERT INTO thing (name) VALUES (@name)", new { name }, transaction),
        default);

    protected Task<int> CountAsync(string name) => storage.Silo.Database.ReadAsync(
        connection => connection.ExecuteScalarAsync<int>("SELECT count(*) FROM thing WHERE name LIKE @name", new { name }), default);
}
