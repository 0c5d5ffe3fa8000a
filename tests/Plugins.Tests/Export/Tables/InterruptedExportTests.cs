using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Tables;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Export.Tables;

[Collection(nameof(Databases))]
public sealed class InterruptedExportTests(Databases databases)
{
    public static TheoryData<string> Kinds => [Databases.PostgreSql, Databases.MySql];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cancelling_stops_the_query_on_its_server_and_leaves_the_old_rows(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, Slow(kind));
        using var stop = new CancellationTokenSource();

        var run = Plugin(context).RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => Running(kind).Result.Count > 0, "the query runs");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Eventually.TrueAsync(() => Running(kind).Result.Count == 0, "the query has ended");
        Assert.Equal(["1"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cancelling_the_last_transaction_leaves_the_old_rows(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id");
        using var stop = new CancellationTokenSource();

        // Somebody else holds the table, so the transaction waits.
        await using var other = await databases.OpenAsync(kind);
        await using var transaction = await other.BeginTransactionAsync();
        await other.RunAsync($"UPDATE {table} SET id = 1", default);
        var run = Plugin(context).RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => context.Handles.Count > 0 && Waiting(kind).Result > 0, "the last transaction waits");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await transaction.RollbackAsync();
        Assert.Equal(["1"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));
        Assert.Empty(context.Handles);
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_next_attempt_ends_one_that_was_given_up_and_still_lives(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id");
        var (tables, request) = (Tables(context), Request(context));

        // A machine that was cut off in the middle of its last transaction, which somebody else holds up.
        await using var frozen = await tables.OpenAsync(request, default);
        var commit = await tables.StageAsync(frozen, request, new SourceRows([new("id", typeof(int))], [[7]]), _ => { }, default);
        await using var other = await databases.OpenAsync(kind);
        await using var transaction = await other.BeginTransactionAsync();
        await other.RunAsync($"UPDATE {table} SET id = 1, nothing = 'x'", default);
        var stuck = frozen.CommitAsync(commit, default);
        await Eventually.TrueAsync(() => Waiting(kind).Result > 0, "the last transaction waits");

        var next = Plugin(context).RunAsync(context, default);
        await Assert.ThrowsAnyAsync<Exception>(() => stuck);
        await transaction.RollbackAsync();

        Assert.IsType<NodeResult.Succeeded>(await next);
        Assert.Equal(["5"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Rows_are_appended_once_though_nobody_heard_of_the_commit(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id", "append");
        Assert.IsType<NodeResult.Succeeded>(await Plugin(context).RunAsync(context, default));

        var again = await Plugin(context).ReattachAsync(context, Assert.Single(context.Handles), default);

        Assert.Equal("1", Assert.IsType<NodeResult.Succeeded>(again).Outputs["rows"]);
        Assert.Equal(["1", "5"], await databases.RowsAsync(kind, $"SELECT id FROM {table} ORDER BY id"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Rows_that_stood_ready_when_the_machine_died_are_committed_by_the_next(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id");
        var (tables, request) = (Tables(context), Request(context));
        TableCommit commit;
        await using (var dying = await tables.OpenAsync(request, default))
            commit = await tables.StageAsync(dying, request, new SourceRows([new("id", typeof(int))], [[7], [8]]), _ => { }, default);
        Assert.Equal(["1"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));

        var result = await Plugin(context).ReattachAsync(context, commit.ToString(), default);

        Assert.Equal("2", Assert.IsType<NodeResult.Succeeded>(result).Outputs["rows"]);
        Assert.Equal(["7", "8"], await databases.RowsAsync(kind, $"SELECT id FROM {table} ORDER BY id"));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Killing_what_waits_removes_the_rows_that_stood_ready(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id");
        var (tables, request) = (Tables(context), Request(context));
        TableCommit commit;
        await using (var waiting = await tables.OpenAsync(request, default))
            commit = await tables.StageAsync(waiting, request, new SourceRows([new("id", typeof(int))], [[7]]), _ => { }, default);

        await Plugin(context).KillAsync(context, commit.ToString(), default);
        await Plugin(context).KillAsync(context, commit.ToString(), default);

        Assert.Equal(["1"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_staging_table_that_has_lost_rows_is_not_committed(string kind)
    {
        var table = await MakeTableAsync(kind);
        using var context = Context(kind, table, "SELECT 5 AS id");
        var (tables, request) = (Tables(context), Request(context));
        TableCommit commit;
        await using (var dying = await tables.OpenAsync(request, default))
            commit = await tables.StageAsync(dying, request, new SourceRows([new("id", typeof(int))], [[7], [8]]), _ => { }, default);
        await databases.RunAsync(kind, $"DELETE FROM {commit.Staging} WHERE id = 8");

        var failure = Assert.IsType<NodeResult.Failed>(await Plugin(context).ReattachAsync(context, commit.ToString(), default));

        Assert.Equal(("export.staging-lost", true), (failure.Code, failure.CanRetry));
        Assert.Equal(["1"], await databases.RowsAsync(kind, $"SELECT id FROM {table}"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cancelling_an_export_to_a_file_leaves_the_old_file(string kind)
    {
        using var context = databases.Context(("datasource", kind), ("sql", Slow(kind)), ("to.file", "out.csv"));
        context.Folder.Write("out.csv", "old");
        using var stop = new CancellationTokenSource();

        var run = Plugin(context).RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => Running(kind).Result.Count > 0, "the query runs");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Eventually.TrueAsync(() => Running(kind).Result.Count == 0, "the query has ended");
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(context.Folder.Path, "out.csv")));
    }

    private static ExportPlugin Plugin(TestContext context) => new(new ExportOptions { Folder = context.Folder.Path });

    private static TableExport Tables(TestContext context) => ExportPlugin.Tables(context, Settings(context));

    private static TableRequest Request(TestContext context) => ExportPlugin.Request(Settings(context), context);

    private static ExportSettings Settings(TestContext context) => SettingsReader.Read<ExportSettings>(context.Properties);

    /// <summary>Rows first, and then it hangs.</summary>
    private static string Slow(string kind) => kind == Databases.PostgreSql
        ? "SELECT n AS id, pg_sleep(CASE WHEN n > 500000 THEN 60 ELSE 0 END)::text AS nothing FROM generate_series(10, 600000) n"
        : "SELECT seq AS id, CAST(CASE WHEN seq > 500000 THEN SLEEP(60) ELSE '' END AS CHAR) AS nothing FROM seq_10_to_600000";

    private Task<List<string>> Running(string kind) => databases.RowsAsync(kind, kind == Databases.PostgreSql
        ? "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(CASE%' AND pid <> pg_backend_pid() AND state = 'active'"
        : "SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND id <> connection_id()");

    private async Task<long> Waiting(string kind) => Convert.ToInt64(await databases.AskAsync(kind, kind == Databases.PostgreSql
        ? "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        : "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"));

    private async Task<string> MakeTableAsync(string kind)
    {
        var table = Databases.NewTable();
        await databases.RunAsync(kind, $"CREATE TABLE {table} (id int NOT NULL PRIMARY KEY, nothing text)", $"INSERT INTO {table} VALUES (1, NULL)");
        return table;
    }

    private TestContext Context(string kind, string table, string sql, string mode = "overwrite") =>
        databases.Context(("datasource", kind), ("sql", sql), ("to.datasource", kind), ("to.table", table), ("mode", mode));
}
