using Microsoft.Data.Sqlite;
using Orleans.Storage;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Tests.Storage.OrleansTables;

public sealed class SqliteGrainStorageTests(SqliteStorage storage) : GrainStorageTests, IClassFixture<SqliteStorage>
{
    [Fact]
    public async Task A_locked_database_fails_a_write_and_spoils_none_after_it()
    {
        await using var host = await StartAsync();
        var state = new GrainState<List<string>>(["locked out"]);
        await using (var other = new SqliteConnection(SqliteDatabase.ConnectionStringFor(storage.Options) + ";Pooling=False"))
        {
            await other.OpenAsync();
            await using var begin = new SqliteCommand("BEGIN IMMEDIATE", other);
            await begin.ExecuteNonQueryAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => host.Storage.WriteStateAsync("note", NewId("locked"), state));
        }

        await host.Storage.WriteStateAsync("note", NewId("locked"), state);

        Assert.Equal("1", state.ETag);
    }

    internal override Task<OrleansHost> StartAsync(bool deleteOnClear = false) => OrleansHost.StartAsync(
        (silo, port, gateway) => silo.UseLocalhostClustering(port, gateway),
        deleteOnClear,
        options =>
        {
            options.Invariant = "System.Data.SQLite";
            options.ConnectionString = SqliteDatabase.ConnectionStringFor(storage.Options).Replace("Timeout=10", "Timeout=1");
        });
}

public sealed class PostgreSqlGrainStorageTests(PostgreSqlStorage storage) : GrainStorageTests, IClassFixture<PostgreSqlStorage>
{
    internal override Task<OrleansHost> StartAsync(bool deleteOnClear = false) => OrleansHost.StartAsync(
        (silo, port, gateway) => silo.UseLocalhostClustering(port, gateway),
        deleteOnClear,
        options =>
        {
            options.Invariant = "Npgsql";
            options.DataSource = storage.Silo.PostgreSql.Source;
        });
}

/// <summary>What Orleans expects of grain storage, asked through Orleans.</summary>
public abstract class GrainStorageTests
{
    internal abstract Task<OrleansHost> StartAsync(bool deleteOnClear = false);

    [Fact]
    public async Task State_is_written_read_and_updated()
    {
        await using var host = await StartAsync();
        var id = NewId("updated");
        var written = new GrainState<List<string>>(["first"]);
        await host.Storage.WriteStateAsync("note", id, written);
        written.State![0] = "second";
        await host.Storage.WriteStateAsync("note", id, written);

        var read = await ReadAsync(host, id);

        Assert.Equal(("second", "2", true), (read.State![0], read.ETag, read.RecordExists));
        Assert.False((await ReadAsync(host, NewId("never written"))).RecordExists);
        Assert.False((await ReadAsync(host, id, "other state")).RecordExists);
    }

    [Fact]
    public async Task Of_two_that_write_from_the_same_version_one_is_told()
    {
        await using var host = await StartAsync();
        var id = NewId("contested");
        await host.Storage.WriteStateAsync("note", id, new GrainState<List<string>>(["first"]));
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => host.Storage.WriteStateAsync("note", id, new GrainState<List<string>>(["also first"])));

        var stale = await ReadAsync(host, id);
        var fresh = await ReadAsync(host, id);
        await host.Storage.WriteStateAsync("note", id, fresh);

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync("note", id, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.ClearStateAsync("note", id, stale));
        Assert.Equal("first", (await ReadAsync(host, id)).State![0]);
    }

    [Fact]
    public async Task Of_many_that_write_first_at_once_one_succeeds()
    {
        await using var host = await StartAsync();
        var id = NewId("race");

        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            try { await host.Storage.WriteStateAsync("note", id, new GrainState<List<string>>([$"{i}"])); return true; }
            catch (InconsistentStateException) { return false; }
        })));

        Assert.Equal(1, won.Count(each => each));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cleared_state_is_gone_and_can_be_written_again(bool deleteOnClear)
    {
        await using var host = await StartAsync(deleteOnClear);
        var id = NewId($"cleared {deleteOnClear}");
        var state = new GrainState<List<string>>(["first"]);
        await host.Storage.WriteStateAsync("note", id, state);

        await host.Storage.ClearStateAsync("note", id, state);
        Assert.False((await ReadAsync(host, id)).RecordExists);

        var again = await ReadAsync(host, id);
        again.State = ["again"];
        await host.Storage.WriteStateAsync("note", id, again);
        Assert.Equal("again", (await ReadAsync(host, id)).State![0]);
    }

    protected static GrainId NewId(string key) => GrainId.Create("note", key);

    private static async Task<GrainState<List<string>>> ReadAsync(OrleansHost host, GrainId id, string stateName = "note")
    {
        var state = new GrainState<List<string>>([]);
        await host.Storage.ReadStateAsync(stateName, id, state);
        return state;
    }
}
