using System.Diagnostics;
using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Sql.Running;

/// <summary>What a script may expect of every data source.</summary>
public abstract class ScriptConformance(ScriptDatabase database)
{
    public static TheoryData<string> Hostile =>
        ["x'); DROP TABLE bound; --", "\\'; DROP TABLE bound; --", "\" OR 1=1 --", "?", ":b", "@a $1", "", "数据 🎉", "line\nbreak\ttab", "back\\slash"];

    protected DataSource Source => database.Source;

    [Fact]
    public async Task The_last_result_becomes_outputs_and_is_shown()
    {
        using var node = Node($"""
            DROP TABLE IF EXISTS people;
            CREATE TABLE people (id int, name varchar(40));
            INSERT INTO people VALUES (1, '数据作业调度'), (2, 'Żółć; ''{database.Picture}'''), (3, NULL);
            SELECT 'not the last' AS x;
            SELECT id, name FROM people ORDER BY id; -- the end
            """);

        var outputs = ScriptNode.Succeeded(await node.RunAsync());

        Assert.Equal(new Dictionary<string, string> { ["row.count"] = "3", ["result.id"] = "1", ["result.name"] = "数据作业调度" }, outputs);
        Assert.Contains(node.Log, line => line.StartsWith("Info: Statement 3 of 5 (script, line 3): INSERT INTO people", StringComparison.Ordinal));
        Assert.Contains(node.Log, line => line.StartsWith("Info: Statement 3 of 5: 3 rows affected in ", StringComparison.Ordinal));
        Assert.Equal(
            ["Info: Result: 3 of 3 rows, 2 of 2 columns", "Info: id | name", "Info: ---+-------------", "Info: 1  | 数据作业调度", $"Info: 2  | Żółć; '{database.Picture}'", "Info: 3  | NULL"],
            node.Log.TakeLast(6));
        Assert.Equal([0, 20, 40, 60, 80], node.Context.Progress.Select(progress => progress.Percent!.Value));
    }

    [Fact]
    public async Task A_script_without_a_result_has_no_outputs() =>
        Assert.Empty(await ScriptNode.OutputsAsync(Source, "DROP TABLE IF EXISTS nothing_there"));

    [Fact]
    public async Task A_script_comes_from_a_file_of_the_package_with_its_byte_order_mark()
    {
        using var node = new ScriptNode(new SqlPlugin(), Source, ("script.file", "etl/day.sql"), ("param.day", "2026-02-28"));
        node.Context.Folder.Write("etl/day.sql", "\uFEFF-- 数据\nSELECT '数据' AS t, :day AS day;\n");

        var outputs = ScriptNode.Succeeded(await node.RunAsync());
        Assert.Equal(("数据", "2026-02-28"), (outputs["result.t"], outputs["result.day"]));
    }

    [Fact]
    public async Task A_failure_names_the_statement_its_line_and_the_code_of_the_server()
    {
        var result = await ScriptNode.RunAsync(Source, """
            DROP TABLE IF EXISTS before_failure;
            CREATE TABLE before_failure (id int);
            INSERT INTO before_failure VALUES (1);

            SELECT * FROM no_such_table;
            INSERT INTO before_failure VALUES (2);
            """);

        var failure = Assert.IsType<NodeResult.Failed>(result);
        Assert.Equal("sql.statement-failed", failure.Code);
        Assert.Matches(@"^Statement 4 of 5 \(script, line 5\) failed with [0-9A-Z]+.*no_such_table", failure.Message);
        Assert.Equal("1", (await ScriptNode.OutputsAsync(Source, "SELECT count(*) AS n FROM before_failure"))["result.n"]);
    }

    [Fact]
    public async Task Nothing_runs_when_the_script_is_wrong()
    {
        using var node = Node("DROP TABLE nowhere;\nSELECT :dya;\nSELECT :zzz", ("param.day", "x"));
        var failure = Assert.IsType<NodeResult.Failed>(await node.RunAsync());

        Assert.Equal(("sql.unknown-parameter", false), (failure.Code, failure.CanRetry));
        Assert.Equal(
            "script, line 2, column 8: There is no parameter 'dya'; did you mean 'day'?\nscript, line 3, column 8: There is no parameter 'zzz'", failure.Message);
        Assert.Empty(node.Log);
    }

    [Theory, MemberData(nameof(Hostile))]
    public async Task A_bound_value_is_never_a_piece_of_the_statement(string value)
    {
        var outputs = await ScriptNode.OutputsAsync(Source, """
            DROP TABLE IF EXISTS bound;
            CREATE TABLE bound (a varchar(80), b int);
            INSERT INTO bound VALUES (:a, 7), ('other', 8);
            SELECT a, b FROM bound WHERE a = :a AND b = :b;
            """, ("param.a", value), ("param.b", "7"));

        Assert.Equal(("1", value, "7"), (outputs["row.count"], outputs["result.a"], outputs["result.b"]));
    }

    [Fact]
    public async Task A_secret_is_bound_and_not_logged()
    {
        using var node = Node("SELECT :password AS p, '${secret:word}' AS q", ("param.password", "${secret:word}"));
        node.Context.Secrets["word"] = "hunter2";

        var outputs = ScriptNode.Succeeded(await node.RunAsync());
        Assert.Equal(("hunter2", "hunter2"), (outputs["result.p"], outputs["result.q"]));
        Assert.Contains("'${secret:word}'", node.Log[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_is_rolled_back_as_a_whole()
    {
        await ScriptNode.OutputsAsync(Source, "DROP TABLE IF EXISTS whole; CREATE TABLE whole (id int PRIMARY KEY);");
        const string twice = "INSERT INTO whole VALUES (1); INSERT INTO whole VALUES (1);";

        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Source, twice, ("transaction", "true")));
        Assert.Equal("sql.statement-failed", failure.Code);
        Assert.Equal("0", (await ScriptNode.OutputsAsync(Source, "SELECT count(*) AS n FROM whole"))["result.n"]);

        await ScriptNode.OutputsAsync(Source, "INSERT INTO whole VALUES (1); INSERT INTO whole VALUES (2);", ("transaction", "true"));
        Assert.Equal("2", (await ScriptNode.OutputsAsync(Source, "SELECT count(*) AS n FROM whole"))["result.n"]);
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("start transaction")]
    [InlineData("BEGIN")]
    public async Task A_statement_that_ends_the_transaction_is_refused(string statement)
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Source, $"SELECT 1;\n{statement}", ("transaction", "true")));
        Assert.Equal("sql.implicit-commit", failure.Code);
        Assert.StartsWith("script, line 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_the_work_of_the_server_and_undoes_the_transaction()
    {
        await ScriptNode.OutputsAsync(Source, "DROP TABLE IF EXISTS undone; CREATE TABLE undone (id int);");
        using var node = Node($"INSERT INTO undone VALUES (1); {database.LongStatement}; INSERT INTO undone VALUES (2)", ("transaction", "true"));
        using var stop = new CancellationTokenSource();
        var run = node.RunAsync(stop.Token);
        await RunningAsync(node, run);

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(0, await database.CountLongStatementsAsync() ?? 0);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal("0", (await ScriptNode.OutputsAsync(Source, "SELECT count(*) AS n FROM undone"))["result.n"]);
    }

    [Fact]
    public async Task Cancelling_at_any_moment_leaves_nothing_running()
    {
        for (var delay = 0; delay < 200; delay += 20)
        {
            using var node = Node(database.LongStatement);
            using var stop = new CancellationTokenSource(delay);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.RunAsync(stop.Token));
            Assert.Equal(0, await database.CountLongStatementsAsync() ?? 0);
        }
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped_on_the_server()
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Source, $"SELECT 1;\n{database.LongStatement}", ("statement.timeout", "1s")));

        Assert.Equal(("sql.statement-timeout", true), (failure.Code, failure.CanRetry));
        Assert.StartsWith("Statement 2 of 2 (script, line 2) was stopped: it took longer than 1 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.CountLongStatementsAsync() ?? 0);
    }

    [Fact]
    public async Task The_log_shows_a_bounded_piece_of_a_large_result()
    {
        using var node = Node(database.ManyRows, ("preview.rows", "3"), ("preview.columns", "1"));
        var outputs = ScriptNode.Succeeded(await node.RunAsync());

        Assert.Equal(("5000", "1"), (outputs["row.count"], outputs["result.n"]));
        Assert.Equal(["Info: Result: 3 of 5000 rows, 1 of 2 columns", "Info: n", "Info: -", "Info: 1", "Info: 2", "Info: 3"], node.Log.TakeLast(6));
        Assert.Contains(node.Context.Progress, progress => progress.Rows == 4000);
    }

    [Fact]
    public async Task A_wide_value_is_cut_in_the_log_and_too_long_for_an_output()
    {
        var wide = string.Concat(Enumerable.Repeat("数据", 2500));
        using var node = Node("SELECT :wide AS wide, 'x' AS narrow", ("param.wide", wide), ("preview.width", "10"));

        var outputs = ScriptNode.Succeeded(await node.RunAsync());

        Assert.Equal(["row.count", "result.narrow"], outputs.Keys);
        Assert.Contains($"Info: {wide[..9]}… | x", node.Log);
        Assert.Contains("Warn: Too long for output properties: wide", node.Log);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_failure()
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ScriptNode.RunAsync(Unreachable(), "SELECT 1"));
        Assert.Equal("sql.cannot-connect", failure.Code);
    }

    /// <summary>The same data source, at a place where nobody listens.</summary>
    protected abstract DataSource Unreachable();

    private protected ScriptNode Node(string script, params (string Key, string Value)[] properties) =>
        new(new SqlPlugin(), Source, [("script", script), .. properties]);

    private async Task RunningAsync(ScriptNode node, Task run)
    {
        await Eventually.TrueAsync(() => run.IsCompleted || node.Log.Any(line => line.Contains("Statement 2", StringComparison.Ordinal)), "the second statement begins");
        var watch = Stopwatch.StartNew();
        while (await database.CountLongStatementsAsync() == 0)
            Assert.True(!run.IsCompleted && watch.Elapsed.TotalSeconds < 20, string.Create(CultureInfo.InvariantCulture, $"The long statement does not run: {run.Status}"));
    }
}
