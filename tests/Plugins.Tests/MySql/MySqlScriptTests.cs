using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.MySql;
using Scheduler.Plugins.Tests.Sql.Running;
using Scheduler.Plugins.Tests.Support;
using Scheduler.Testing;
using Eventually = Scheduler.Plugins.Tests.Support.Eventually;

namespace Scheduler.Plugins.Tests.MySql;

public sealed class MySqlScriptTests(MySqlScriptTests.MariaDb database) : ScriptConformance(database), IClassFixture<MySqlScriptTests.MariaDb>
{
    [Fact]
    public async Task Procedures_are_written_with_delimiters_and_give_several_results()
    {
        var outputs = await MySqlAsync("""
            DROP PROCEDURE IF EXISTS report;
            DELIMITER //
            CREATE PROCEDURE report(IN n INT)
            BEGIN
              SELECT 'first;' AS a;
              SET @seen = n;
              SELECT n * 2 AS twice, @seen AS seen;
            END //
            DELIMITER ;
            CALL report(:n);
            """, ("param.n", "21"));
        Assert.Equal(("1", "42", "21"), (outputs["row.count"], outputs["result.twice"], outputs["result.seen"]));
    }

    [Fact]
    public async Task Values_that_dotnet_cannot_hold_are_shown()
    {
        var outputs = await MySqlAsync("""
            SET SESSION sql_mode = '';
            CREATE TEMPORARY TABLE odd (d decimal(65,30), z date, zt datetime(6), t time, y tinyint(1), b bit(8), x blob, j json, c char(36));
            INSERT INTO odd VALUES (-12345678901234567890123456789012345.123456789012345678901234567890, '2026-00-00', '0000-00-00', '-838:59:59', 2, b'101', x'00ff', '{"k": 1}', 'no uuid');
            SELECT * FROM odd;
            """);
        Assert.Equal(
            ["-12345678901234567890123456789012345.123456789012345678901234567890", "2026-00-00", "0000-00-00 00:00:00", "-838:59:59", "2", "5", "0x00FF", "{\"k\": 1}", "no uuid"],
            outputs.Where(output => output.Key != "row.count").Select(output => output.Value));
    }

    [Fact]
    public async Task A_server_without_backslash_escapes_is_read_as_it_reads()
    {
        await MySqlAsync("SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_BACKSLASH_ESCAPES')");
        try
        {
            var outputs = await MySqlAsync("SELECT 'a\\' AS a, :b AS b; SELECT 'a\\' AS a, :b AS b", ("param.b", "'\\"));
            Assert.Equal(("a\\", "'\\"), (outputs["result.a"], outputs["result.b"]));
        }
        finally
        {
            await MySqlAsync("SET GLOBAL sql_mode = DEFAULT");
        }
    }

    [Theory]
    [InlineData("CREATE TABLE t (id int)", "CREATE TABLE commits")]
    [InlineData("truncate t", "TRUNCATE T commits")]
    [InlineData("GRANT SELECT ON *.* TO x", "GRANT SELECT commits")]
    [InlineData("SET autocommit = 1", "SET AUTOCOMMIT commits")]
    [InlineData("LOCK TABLES t WRITE", "LOCK TABLES commits")]
    public async Task What_commits_by_itself_is_refused_within_a_transaction(string statement, string reason)
    {
        using var node = new ScriptNode(new MySqlPlugin(), Source, ("script", $"SELECT 1;\n\n{statement};"), ("transaction", "true"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());

        Assert.Equal(("sql.implicit-commit", false), (failure.Code, failure.CanRetry));
        Assert.StartsWith($"script, line 3, column 1: Not within a transaction: {reason}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_table_may_be_made_within_a_transaction_and_a_call_is_warned_of()
    {
        using var node = new ScriptNode(
            new MySqlPlugin(), Source,
            ("script", "CREATE TEMPORARY TABLE scratch (id int); SAVEPOINT s; ROLLBACK TO SAVEPOINT s; CALL sys.nothing()"), ("transaction", "true"));
        Assert.Equal("sql.statement-failed", Assert.IsType<NodeResult.Failed>(await node.RunAsync()).Code);
        Assert.Equal("Warn: script, line 1: what it calls may commit; then it could not be rolled back", node.Log[0]);
    }

    [Theory]
    [InlineData("SELEC 1", "1064 (42000)", false)]
    [InlineData("SELECT * FROM mysql.nowhere", "1146 (42S02)", false)]
    [InlineData("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'as a deadlock'", "1213 (40001)", true)]
    [InlineData("KILL CONNECTION_ID()", "1927", true)]
    public async Task An_error_tells_whether_another_try_makes_sense(string statement, string code, bool canRetry)
    {
        using var node = new ScriptNode(new MySqlPlugin(), Source, ("script", statement));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        Assert.Contains($"failed with {code}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(canRetry, failure.CanRetry);
    }

    [Fact]
    public async Task A_wait_for_a_lock_that_is_given_up_may_be_tried_again()
    {
        await MySqlAsync("DROP TABLE IF EXISTS locked; CREATE TABLE locked (id int PRIMARY KEY); INSERT INTO locked VALUES (1);");
        using var holder = new ScriptNode(
            new MySqlPlugin(), Source, ("script", $"UPDATE locked SET id = 1; SELECT * FROM locked FOR UPDATE; {database.LongStatement}"), ("transaction", "true"));
        using var stop = new CancellationTokenSource();
        var holding = holder.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => holder.Log.Any(line => line.Contains("Statement 3", StringComparison.Ordinal)), "the row is locked");

        using var node = new ScriptNode(new MySqlPlugin(), Source, ("script", "SET innodb_lock_wait_timeout = 1; DELETE FROM locked"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holding);

        Assert.Contains("1205 (HY000)", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.CanRetry);
    }

    [Fact]
    public async Task A_session_whose_connection_breaks_is_ended_on_the_server()
    {
        await using var proxy = new LossyProxy(database.Port);
        using var node = new ScriptNode(new MySqlPlugin(), MariaDb.At(proxy.Port), ("script", $"SELECT 1; {database.LongStatement}"));
        var run = node.RunAsync();
        await Eventually.TrueAsync(() => node.Log.Any(line => line.Contains("Statement 2", StringComparison.Ordinal)), "the long statement begins");

        proxy.Sever();

        var failure = Assert.IsType<NodeResult.Failed>(await run);
        Assert.Equal(("sql.statement-failed", true), (failure.Code, failure.CanRetry));
        Assert.EndsWith("The connection was lost, and its session on the server was ended", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.CountLongStatementsAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_final()
    {
        var source = new DataSource("db", DataSourceKinds.MySql, Source.Options, "wrong");
        using var node = new ScriptNode(new MySqlPlugin(), source, ("script", "SELECT 1"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        Assert.Equal(("sql.cannot-connect", false), (failure.Code, failure.CanRetry));
    }

    [Fact]
    public async Task Another_kind_of_data_source_is_refused()
    {
        var source = new DataSource("db", DataSourceKinds.PostgreSql, Source.Options, null);
        using var node = new ScriptNode(new MySqlPlugin(), source, ("script", "SELECT 1"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());
        Assert.Equal(("datasource.wrong-kind", "The data source 'db' is of the kind postgresql; needed is mysql"), (failure.Code, failure.Message));
    }

    protected override DataSource Unreachable() => MariaDb.At(1);

    private async Task<IReadOnlyDictionary<string, string>> MySqlAsync(string script, params (string Key, string Value)[] properties)
    {
        using var node = new ScriptNode(new MySqlPlugin(), Source, [("script", script), .. properties]);
        return ScriptNode.Succeeded(await node.RunAsync());
    }

    public sealed class MariaDb : ScriptDatabase
    {
        private MariaDbServer server = null!;

        public int Port => server.Port;

        public override DataSource Source => At(server.Port);

        public override string LongStatement => "SELECT SLEEP(60)";

        public override string ManyRows => "SELECT seq AS n, CONCAT('row ', seq) AS t FROM seq_1_to_5000";

        public static DataSource At(int port) => new(
            "db", DataSourceKinds.MySql,
            new Dictionary<string, string>
            {
                ["host"] = "127.0.0.1",
                ["port"] = $"{port}",
                ["database"] = MariaDbServer.Database,
                ["user"] = MariaDbServer.User,
            },
            MariaDbServer.Password);

        public override Task<long?> CountLongStatementsAsync() => MariaDbProcesses.CountAsync(server, "SLEEP(60)");

        public override async Task InitializeAsync() => server = await MariaDbServer.StartAsync();

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}
