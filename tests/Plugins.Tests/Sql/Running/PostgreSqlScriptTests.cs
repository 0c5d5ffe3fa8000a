using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Tests.Support;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Sql.Running;

public sealed class PostgreSqlScriptTests(PostgreSqlScriptTests.PostgreSql database)
    : ScriptConformance(database), IClassFixture<PostgreSqlScriptTests.PostgreSql>
{
    [Fact]
    public async Task Functions_in_dollar_quotes_are_one_statement()
    {
        var outputs = await ScriptNode.OutputsAsync(Source, """
            CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$
            BEGIN
              RETURN n * 2; -- ;
            END;
            $body$;
            DO $$ BEGIN PERFORM twice(1); END $$;
            SELECT twice(:n::int) AS n;
            """, ("param.n", "21"));
        Assert.Equal("42", outputs["result.n"]);
    }

    [Fact]
    public async Task Every_type_is_shown_as_the_server_writes_it()
    {
        var outputs = await ScriptNode.OutputsAsync(Source, """
            SELECT ARRAY[1,2] AS a, '{"k": 1}'::jsonb AS j, interval '1 day' AS i, 'NaN'::numeric AS n, '2026-02-28 01:02:03+00'::timestamptz AT TIME ZONE 'UTC' AS t,
              row(1, 'x') AS r, true AS b, '\x00ff'::bytea AS y, 12345678901234567890123456789012345678.5 AS d, 'infinity'::timestamp AS f
            """);
        Assert.Equal(
            ["{1,2}", "{\"k\": 1}", "1 day", "NaN", "2026-02-28 01:02:03", "(1,x)", "t", "\\x00ff", "12345678901234567890123456789012345678.5", "infinity"],
            outputs.Where(output => output.Key != "row.count").Select(output => output.Value));
    }

    [Theory]
    [InlineData("SELEC 1", "42601", false)]
    [InlineData("SELECT 1/0", "22012", false)]
    [InlineData("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", "40P01", true)]
    [InlineData("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", "40001", true)]
    [InlineData("SELECT pg_terminate_backend(pg_backend_pid())", "57P01", true)]
    public async Task An_error_tells_whether_another_try_makes_sense(string statement, string code, bool canRetry)
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Source, statement, ("transaction", "true")));
        Assert.Contains($"failed with {code}: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(canRetry, failure.CanRetry);
    }

    [Fact]
    public async Task A_definition_joins_the_transaction()
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Source, "CREATE TABLE joined (id int); SELECT 1/0", ("transaction", "true")));
        Assert.Equal("sql.statement-failed", failure.Code);
        Assert.Equal("t", (await ScriptNode.OutputsAsync(Source, "SELECT to_regclass('joined') IS NULL AS gone"))["result.gone"]);
    }

    protected override DataSource Unreachable() => PostgreSql.At(1);

    public sealed class PostgreSql : ScriptDatabase
    {
        private PostgreSqlServer server = null!;

        public override DataSource Source => At(server.Port);

        public override string LongStatement => "SELECT pg_sleep(60)";

        public override string ManyRows => "SELECT n, 'row ' || n AS t FROM generate_series(1, 5000) n";

        public static DataSource At(int port) => new(
            "db", DataSourceKinds.PostgreSql,
            new Dictionary<string, string> { ["host"] = "127.0.0.1", ["port"] = $"{port}", ["database"] = "postgres", ["user"] = "postgres" }, null);

        public override async Task<long?> CountLongStatementsAsync() => await PostgreSqlProcesses.CountAsync(server, "pg_sleep(60)");

        public override async Task InitializeAsync() => server = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}
