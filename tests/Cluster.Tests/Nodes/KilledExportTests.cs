using System.Net.Http.Headers;
using System.Net.Http.Json;
using Npgsql;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>Exports whose server is killed at some moment: the target holds the old rows or the new, and the next life finishes the work.</summary>
public sealed class KilledExportTests
{
    private const int Rows = 200_000;
    private const int Rounds = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_file_and_a_table_hold_the_old_rows_or_the_new_and_in_the_end_the_new()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var postgreSql = await PostgreSqlServer.SharedAsync();
        var database = new NpgsqlConnectionStringBuilder(await postgreSql.CreateDatabaseAsync());
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await RunAsync(source, $"CREATE TABLE target AS SELECT n, 0 AS round FROM generate_series(1, {Rows}) n");
        await using var server = await SchedulerServer.StartAsync();
        using var client = await server.LoginAsync();
        await PrepareAsync(server, client, database);
        var file = Path.Combine(server.Data, "exports", "target.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, Rows).Select(n => $"{n},0").Prepend("n,round"));

        for (var round = 1; round <= Rounds; round++)
        {
            var execution = await client.ExecuteAsync("exports", "exports", ("flowOverride[round]", $"{round}"));
            var delay = TimeSpan.FromMilliseconds(random.Next(50, 1_200));
            await Task.Delay(delay);
            await server.KillAsync();

            var where = $"round {round}, killed after {delay.TotalMilliseconds} ms, seed {seed}";
            Assert.True(RoundOf(file) is var inFile && (inFile == round || inFile == round - 1), $"file: {where}");
            Assert.True(await RoundOfAsync(source) is var inTable && (inTable == round || inTable == round - 1), $"table: {where}");

            await server.StartAgainAsync();
            Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(execution, Patience))["status"]!);
            Assert.Equal((round, round), (RoundOf(file), await RoundOfAsync(source)));
        }

        // Besides the target there is the lock of exports to it, which is never removed.
        Assert.Equal([".target.csv.lock", "target.csv"], Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1L, await RunAsync(source, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    private static async Task PrepareAsync(SchedulerServer server, AzkabanClient client, NpgsqlConnectionStringBuilder database)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Session);
        var options = new Dictionary<string, string>
        {
            ["host"] = "127.0.0.1",
            ["port"] = $"{database.Port}",
            ["database"] = database.Database!,
            ["user"] = "postgres",
        };
        await client.CreateProjectAsync("exports");
        (await http.PostAsJsonAsync("/api/v1/data-sources", new { name = "warehouse", kind = "postgresql", options })).EnsureSuccessStatusCode();
        (await http.PutAsync("/api/v1/data-sources/warehouse/grants/exports", null)).EnsureSuccessStatusCode();
        await client.UploadAsync("exports", Zip.Of(
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("exports.flow", $$"""
                config: { datasource: warehouse, sql: "SELECT n, ${round} AS round FROM generate_series(1, {{Rows}}) n" }
                nodes:
                  - { name: file, type: export, config: { to.file: target.csv } }
                  - { name: table, type: export, config: { to.datasource: warehouse, to.table: target, mode: overwrite } }
                """)));
    }

    /// <summary>The one round that all rows are of; -1 when there are several, or rows are missing.</summary>
    private static int RoundOf(string file)
    {
        var lines = File.ReadAllLines(file);
        var rounds = lines.Skip(1).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]).Distinct().ToList();
        return rounds.Count == 1 && lines.Length == Rows + 1 ? int.Parse(rounds[0]) : -1;
    }

    private static async Task<int> RoundOfAsync(NpgsqlDataSource source) => (int)(await RunAsync(
        source, $"SELECT CASE WHEN count(*) = {Rows} AND min(round) = max(round) THEN min(round) ELSE -1 END FROM target"))!;

    private static async Task<object?> RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
