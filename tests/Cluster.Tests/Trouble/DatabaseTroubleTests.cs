using System.Net;
using Npgsql;
using Scheduler.Silo.Torture.Cluster;
using Scheduler.Testing;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests.Trouble;

/// <summary>
/// The database is away, full or slow while jobs run: they go on, nothing new starts, every call is answered in time and none with a
/// lie, and when it is back everything goes on as if nothing had been.
/// </summary>
public sealed class DatabaseTroubleTests(ITestOutputHelper output)
{
    /// <summary>For a busy machine, on top of what is promised.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_database_is_away_results_wait_and_nothing_is_lost(bool isSilent)
    {
        var postgreSql = await PostgreSqlServer.SharedAsync();
        await using var proxy = new DatabaseProxy("127.0.0.1", postgreSql.Port);
        await using var server = await TroubledServer.StartAsync(TroubledServer.Through(await postgreSql.CreateDatabaseAsync(), proxy.Port));
        var execution = await server.StartWorkAsync();

        if (isSilent) proxy.Hang();
        else proxy.Drop();
        server.OpenGate();
        await Eventually.TrueAsync(() => server.Ledger.Count(line => line == "ended") == TroubledServer.Slots);
        var replies = await server.CallEverythingAsync(execution);
        foreach (var reply in replies) output.WriteLine($"{reply}");
        Assert.All(replies, AssertUnavailable);
        await AssertAliveAsync(server);
        await Task.Delay(TroubledServer.Patience * 3);
        Assert.Equal(TroubledServer.Slots, server.Ledger.Count(line => line == "began"));

        proxy.Pass();
        await server.AssertDoneAsync(execution);
        await AssertReadyAsync(server);
        Assert.Equal("SUCCEEDED", (string?)(await server.Client.WaitAsync(await server.Client.ExecuteAsync("trouble", "trouble"), TroubledServer.Deadline))["status"]);
    }

    [Fact]
    public async Task A_full_disk_ends_in_repetition_and_not_in_loss()
    {
        await using var disk = await SmallDisk.TryMountAsync(megabytes: 48);
        if (disk is null)
        {
            output.WriteLine("Left out: only root can mount a small disk.");
            return;
        }

        await using var postgreSql = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);
        await postgreSql.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'");
        await postgreSql.ExecuteAsync("CREATE DATABASE small TABLESPACE small");
        await using var server = await TroubledServer.StartAsync(postgreSql.ConnectionStringFor("small"));
        var execution = await server.StartWorkAsync();

        disk.Fill();
        await FillPagesAsync(postgreSql);
        server.OpenGate();
        var refused = await server.ExecuteAsync();
        output.WriteLine($"{refused}");
        AssertUnavailable(refused);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/healthz")).Status);
        await Task.Delay(TroubledServer.Patience * 3);

        disk.Free();
        await server.AssertDoneAsync(execution);
        Assert.Equal(HttpStatusCode.OK, (await server.ExecuteAsync()).Status);
    }

    [Fact]
    public async Task A_database_that_takes_two_seconds_for_each_statement_only_makes_things_slow()
    {
        var postgreSql = await PostgreSqlServer.SharedAsync();
        await using var proxy = new LossyProxy(postgreSql.Port);
        await using var server = await TroubledServer.StartAsync(
            TroubledServer.Through(await postgreSql.CreateDatabaseAsync(), proxy.Port), patience: TimeSpan.FromSeconds(10));
        var execution = await server.StartWorkAsync();

        proxy.Latency = TimeSpan.FromSeconds(2);
        server.OpenGate();
        var replies = server.CallEverythingAsync(execution);
        for (var look = 0; look < 10; look++)
        {
            var health = await server.GetAsync("/healthz");
            Assert.Equal(HttpStatusCode.OK, health.Status);
            Assert.True(health.After < TimeSpan.FromSeconds(1), $"{health}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        foreach (var reply in await replies) output.WriteLine($"{reply}");
        Assert.DoesNotContain(await replies, reply => reply.Status == HttpStatusCode.InternalServerError);
        Assert.DoesNotContain(await replies, reply => reply.After > TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => server.Ledger.Count(line => line == "ended") == TroubledServer.Nodes, TimeSpan.FromMinutes(3));

        proxy.Latency = TimeSpan.Zero;
        await server.AssertDoneAsync(execution);
    }

    /// <summary>The journal has pages with room in them still, which take rows when the disk does not.</summary>
    private static async Task FillPagesAsync(PostgreSqlServer postgreSql)
    {
        await using var source = NpgsqlDataSource.Create(postgreSql.ConnectionStringFor("small") + ";Pooling=false");
        try
        {
            for (var first = 1; ; first += 100)
            {
                var insert = $"INSERT INTO execution_event SELECT 99999, i, gen_random_uuid(), 'filling' FROM generate_series({first}, {first + 99}) i";
                await using var command = source.CreateCommand(insert);
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DiskFull)
        {
            // As wanted.
        }
    }

    private static void AssertUnavailable(Reply reply)
    {
        Assert.True(reply.Status == HttpStatusCode.ServiceUnavailable, $"{reply}");
        Assert.True(reply.SaysWhenToRetry, $"{reply}");
        Assert.True(reply.Json?["error"] is not null, $"{reply}");
        Assert.True(reply.After < TroubledServer.Patience * 2 + Margin, $"{reply}");
    }

    private static async Task AssertAliveAsync(TroubledServer server)
    {
        var (health, readiness) = (await server.GetAsync("/healthz"), await server.GetAsync("/readyz"));
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.True(health.After < TimeSpan.FromSeconds(1), $"{health}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.Status);
    }

    private static Task AssertReadyAsync(TroubledServer server) =>
        Eventually.TrueAsync(async () => (await server.GetAsync("/readyz")).Status == HttpStatusCode.OK);
}
