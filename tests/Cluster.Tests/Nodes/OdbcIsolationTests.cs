using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Npgsql;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>ODBC drivers are native code and stay out of the server.</summary>
public sealed class OdbcIsolationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("{ name: a, type: hive, config: { datasource: odbc, script: SELECT pg_sleep(600) } }")]
    [InlineData("{ name: a, type: export, config: { datasource: odbc, sql: SELECT pg_sleep(600), to.file: a.csv } }")]
    public async Task A_driver_that_takes_its_process_down_costs_one_attempt(string node)
    {
        var postgreSql = await PostgreSqlServer.SharedAsync();
        await using var server = await SchedulerServer.StartAsync();
        using var client = await server.LoginAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Session);
        var database = new NpgsqlConnectionStringBuilder(await postgreSql.CreateDatabaseAsync());
        var options = new Dictionary<string, string>
        {
            ["driver"] = "PostgreSQL Unicode",
            ["user"] = "postgres",
            ["connection.string"] = $"Server=127.0.0.1;Port={database.Port};Database={database.Database}",
        };
        await client.CreateProjectAsync("odbc");
        (await http.PostAsJsonAsync("/api/v1/data-sources", new { name = "odbc", kind = "hive", options })).EnsureSuccessStatusCode();
        (await http.PutAsync("/api/v1/data-sources/odbc/grants/odbc", null)).EnsureSuccessStatusCode();
        await client.UploadAsync("odbc", Zip.Of(("a.project", "azkaban-flow-version: 2.0\n"), ("odbc.flow", $"nodes: [{node}]\n")));

        var execution = await client.ExecuteAsync("odbc", "odbc");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await Eventually.TrueAsync(async () => await IsSleepingAsync(source), Patience);
        using (var host = Process.GetProcessById(FindHost(server.ProcessId))) host.Kill();
        var ended = await client.WaitAsync(execution, Patience);

        Assert.Equal("FAILED", (string)ended["status"]!);
        Assert.Contains("was ended by signal 9", await client.ReadLogAsync(execution, "a"), StringComparison.Ordinal);
    }

    private static async Task<bool> IsSleepingAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) > 0 FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep' AND datname = current_database()");
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The process in which the server runs the node.</summary>
    private static int FindHost(int server) => Assert.Single(
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)),
        process => Read(process, "status").Contains($"PPid:\t{server}\n", StringComparison.Ordinal)
            && Read(process, "cmdline").Contains("plugin-host", StringComparison.Ordinal));

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
