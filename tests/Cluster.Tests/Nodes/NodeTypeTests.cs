using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Npgsql;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>The node types of a data team in one workflow, on real servers, as its users run it.</summary>
public sealed class NodeTypeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_workflow_of_shell_mysql_export_hive_sql_and_key_nodes_runs_to_its_end()
    {
        await using var mariaDb = await MariaDbServer.StartAsync();
        await using var postgreSql = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);
        await using var server = await SchedulerServer.StartAsync();
        using var client = await server.LoginAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Session);
        var database = new NpgsqlConnectionStringBuilder(await postgreSql.CreateDatabaseAsync());
        await RunAsync(database.ConnectionString, "CREATE TABLE visits (day date, visitors int)");

        foreach (var project in new[] { "team", "upstream" }) await client.CreateProjectAsync(project);
        await AddAsync(http, "shop", "mysql", MariaDbServer.Password, new()
        {
            ["host"] = "127.0.0.1",
            ["port"] = $"{mariaDb.Port}",
            ["database"] = MariaDbServer.Database,
            ["user"] = MariaDbServer.User,
        });
        await AddAsync(http, "warehouse", "postgresql", null, new()
        {
            ["host"] = "127.0.0.1",
            ["port"] = $"{database.Port}",
            ["database"] = database.Database!,
            ["user"] = "postgres",
        });
        await AddAsync(http, "hive", "hive", null, new()
        {
            ["driver"] = "PostgreSQL Unicode",
            ["user"] = "postgres",
            ["connection.string"] = $"Server=127.0.0.1;Port={database.Port};Database={database.Database}",
        });

        await client.UploadAsync("upstream", Zip.Of(("source.job", "type=noop\n")));
        await client.UploadAsync("team", Zip.Of(
            ("team.project", "azkaban-flow-version: 2.0\n"),
            ("fill.sql", "CREATE TABLE shop_visits (day date, visitors int);\nINSERT INTO shop_visits VALUES (:day, 5), (:day, 7);\n"),
            ("team.flow", """
                config: { biz.date: 2026-02-03 }
                nodes:
                  - name: ready
                    type: key
                    config: { project: upstream, workflow: source, check.every: 1s }
                  - name: names
                    type: shell
                    dependsOn: [ready]
                    config: { script: 'printf ''{"target": "%s"}'' "$BIZ_DATE" > "$JOB_OUTPUT_PROP_FILE"', param.biz.date: "${biz.date}" }
                  - name: fill
                    type: mysql
                    dependsOn: [names]
                    config: { datasource: shop, script.file: fill.sql, param.day: "${target}" }
                  - name: move
                    type: export
                    dependsOn: [fill]
                    config: { datasource: shop, sql: "SELECT day, visitors FROM shop_visits", to.datasource: warehouse, to.table: visits, mode: append }
                  - name: report
                    type: hive
                    dependsOn: [move]
                    config: { datasource: hive, script: "SELECT sum(visitors) AS total FROM visits WHERE day = CAST(:day AS date)", param.day: "${biz.date}" }
                  - name: check
                    type: sql
                    dependsOn: [report]
                    config: { datasource: warehouse, script: "CREATE TABLE report AS SELECT CAST(:total AS int) AS total", param.total: "${result.total}" }
                """)));

        var execution = await client.ExecuteAsync("team", "team");
        await Eventually.TrueAsync(
            async () => (await client.ReadLogAsync(execution, "ready")).Contains("upstream/source has not been run yet", StringComparison.Ordinal), Patience);
        await client.WaitAsync(await client.ExecuteAsync("upstream", "source"), Patience);
        var ended = await client.WaitAsync(execution, Patience);

        var logs = string.Concat(await Task.WhenAll(new[] { "ready", "names", "fill", "move", "report", "check" }.Select(node => client.ReadLogAsync(execution, node))));
        Assert.True((string?)ended["status"] == "SUCCEEDED", logs);
        Assert.Equal(12, await RunAsync(database.ConnectionString, "SELECT total FROM report"));
        Assert.Equal(new DateOnly(2026, 2, 3), await RunAsync(database.ConnectionString, "SELECT min(day) FROM visits"));
    }

    private static async Task AddAsync(HttpClient http, string name, string kind, string? password, Dictionary<string, string> options)
    {
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsJsonAsync("/api/v1/data-sources", new { name, kind, options, password })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync($"/api/v1/data-sources/{name}/grants/team", null)).StatusCode);
        var test = await http.PostAsync($"/api/v1/data-sources/{name}/test", null);
        Assert.Contains("\"isOpen\":true", await test.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
