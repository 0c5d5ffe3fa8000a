using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Hive;
using Scheduler.Plugins.Tests.Odbc;
using Scheduler.Plugins.Tests.Sql.Running;
using Scheduler.Plugins.Tests.Support;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Hive;

/// <summary>There is no Hive at hand: what the node does is shown on servers that read the same statements over ODBC.</summary>
[Collection(OdbcConformance.Alone)]
public sealed class HivePluginTests(HivePluginTests.Servers servers) : IClassFixture<HivePluginTests.Servers>
{
    [Fact]
    public async Task A_job_of_Azkaban_runs_its_file_with_variables_and_settings_on_one_session()
    {
        using var node = Node(
            servers.PostgreSql, ("hive.script", "etl/day.hql"), ("hivevar.day", "2026-02-28"), ("hiveconf.mapred.job.queue", "etl"), ("azk.hive.action", "execute.query"));
        node.Context.Folder.Write("etl/day.hql", """
            -- settings stay for the whole session; a semicolon in a comment;
            SET my.own = '${hiveconf:mapred.job.queue}';
            DROP TABLE IF EXISTS days;
            CREATE TABLE days AS SELECT '${hivevar:day}' AS day, '${table}' AS name;
            WITH d AS (SELECT * FROM days) SELECT day, name, current_setting('mapred.job.queue') AS queue, current_setting('my.own') AS own FROM d;
            """);

        var outputs = ScriptNode.Succeeded(await node.RunAsync());
        Assert.Equal(
            ("2026-02-28", "${table}", "etl", "etl"), (outputs["result.day"], outputs["result.name"], outputs["result.queue"], outputs["result.own"]));
    }

    [Fact]
    public async Task The_database_in_use_stays_for_the_session()
    {
        using var node = Node(servers.MariaDb, ("script", "CREATE DATABASE IF NOT EXISTS warehouse; USE warehouse; SELECT DATABASE() AS d"));
        Assert.Equal("warehouse", ScriptNode.Succeeded(await node.RunAsync())["result.d"]);
    }

    [Fact]
    public async Task Resources_go_to_the_server_as_they_are_written()
    {
        using var node = Node(servers.PostgreSql, ("script", "SELECT 1;\nADD JAR hdfs:///lib/it's;"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());

        Assert.StartsWith("Statement 2 of 2 (script, line 2) failed with 42601", failure.Message, StringComparison.Ordinal);
        Assert.Contains(node.Log, line => line.Contains("ADD JAR hdfs:///lib/it's", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_are_bound_when_there_are_any()
    {
        using var node = Node(servers.PostgreSql, ("script", "SELECT :day AS d"), ("param.day", "'; DROP TABLE x; --"));
        Assert.Equal("'; DROP TABLE x; --", ScriptNode.Succeeded(await node.RunAsync())["result.d"]);
    }

    [Theory]
    [InlineData("select '${hivevar:dya}'", "hive.variable-undefined")]
    [InlineData("select '${env:HOME}'", "hive.variable-refused")]
    [InlineData("!rm -rf x;", "sql.client-command")]
    public async Task What_is_wrong_with_a_script_is_told_before_it_runs(string script, string code)
    {
        using var node = Node(servers.PostgreSql, ("script", script), ("hivevar.day", "1"), ("hive.variables.strict", "true"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        Assert.Equal((code, false), (failure.Code, failure.CanRetry));
    }

    [Theory]
    [InlineData("../outside.hql", "sql.file-outside")]
    [InlineData("missing.hql", "sql.no-file")]
    [InlineData("latin.hql", "sql.not-utf8")]
    public async Task A_script_file_must_lie_in_the_package_and_be_readable(string path, string code)
    {
        using var node = Node(servers.PostgreSql, ("hive.script", path));
        var outside = Path.Combine(node.Context.Folder.Path, "..", "outside.hql");
        await File.WriteAllTextAsync(outside, "select 1");
        await File.WriteAllBytesAsync(Path.Combine(node.Context.Folder.Path, "latin.hql"), [(byte)'-', (byte)'-', 0xE4]);

        var result = await node.RunAsync();
        File.Delete(outside);
        Assert.Equal(code, Assert.IsType<NodeResult.Failed>(result).Code);
    }

    [Fact]
    public async Task A_link_out_of_the_package_is_refused()
    {
        using var elsewhere = new TemporaryFolder();
        using var node = Node(servers.PostgreSql, ("script.file", "link/secret.hql"));
        elsewhere.Write("secret.hql", "select 1");
        Directory.CreateSymbolicLink(Path.Combine(node.Context.Folder.Path, "link"), elsewhere.Path);

        Assert.Equal("sql.file-outside", Assert.IsType<NodeResult.Failed>(await node.RunAsync()).Code);
    }

    [Fact]
    public async Task Another_kind_of_data_source_is_refused()
    {
        var source = new DataSource("db", DataSourceKinds.MySql, new Dictionary<string, string>(), null);
        using var node = Node(source, ("script", "select 1"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        Assert.Equal(("datasource.wrong-kind", "The data source 'db' is of the kind mysql; needed is hive or odbc"), (failure.Code, failure.Message));
    }

    private static ScriptNode Node(DataSource source, params (string Key, string Value)[] properties) => new(new HivePlugin(), source, properties);

    public sealed class Servers : IAsyncLifetime
    {
        private PostgreSqlServer postgreSql = null!;
        private MariaDbServer mariaDb = null!;

        public DataSource PostgreSql => OdbcSources.PostgreSql(DataSourceKinds.Hive, postgreSql.Port);

        public DataSource MariaDb => OdbcSources.MariaDb(DataSourceKinds.Odbc, mariaDb.Port);

        public async Task InitializeAsync()
        {
            postgreSql = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);
            mariaDb = await MariaDbServer.StartAsync();
        }

        public async Task DisposeAsync()
        {
            await postgreSql.DisposeAsync();
            await mariaDb.DisposeAsync();
        }
    }
}
