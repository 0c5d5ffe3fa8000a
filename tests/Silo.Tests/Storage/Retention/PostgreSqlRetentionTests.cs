using Dapper;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Retention;
using Scheduler.Silo.Tests.Storage.Journal;

namespace Scheduler.Silo.Tests.Storage.Retention;

/// <summary>The same in partitions, by one silo at a time.</summary>
public sealed class PostgreSqlRetentionTests() : RetentionTests(new PostgreSqlStorage())
{
    private const long FirstOfSecondPartition = JournalPartitions.ExecutionsPerPartition;

    [Fact]
    public async Task A_partition_in_which_everything_is_old_is_dropped()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        await LogAsync(old);
        await SkipToAsync(FirstOfSecondPartition);
        var next = await Silo.Journal.CreateAsync(Epoch);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions());

        Assert.Null(await Silo.Journal.FindAsync(old, default));
        Assert.NotEmpty(await Silo.Journal.ReadRowsAsync(next, 1, 10, default));
        Assert.DoesNotContain("execution_event_0", await PartitionsAsync("execution_event"));
        Assert.DoesNotContain("log_chunk_0", await PartitionsAsync("log_chunk"));
    }

    [Fact]
    public async Task A_running_execution_holds_its_partition_and_nothing_else()
    {
        var running = await Silo.Journal.CreateAsync(Epoch);
        var old = await EndedAsync(after: TimeSpan.Zero);
        await SkipToAsync(FirstOfSecondPartition);
        await Silo.Journal.CreateAsync(Epoch);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions());

        Assert.Null(await Silo.Journal.FindAsync(old, default));
        Assert.NotEmpty(await Silo.Journal.ReadRowsAsync(running, 1, 10, default));
        Assert.Contains("execution_event_0", await PartitionsAsync("execution_event"));
    }

    [Fact]
    public async Task What_came_in_after_a_range_was_judged_holds_its_partition()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        var late = await Silo.Journal.CreateAsync(Epoch);
        var history = new ExecutionHistory(Silo.Database, new PartitionedTable((PostgreSqlDatabase)Silo.Database, "execution_event"));

        await history.DropAsync(new HistoryRange(0, FirstOfSecondPartition, "execution_event_0"), default);

        Assert.Null(await Silo.Journal.FindAsync(old, default));
        Assert.NotEmpty(await Silo.Journal.ReadRowsAsync(late, 1, 10, default));
        Assert.Contains("execution_event_0", await PartitionsAsync("execution_event"));
    }

    [Fact]
    public async Task A_complete_partition_waits_for_its_youngest_execution()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        await EndedAsync(after: TimeSpan.FromDays(3));
        await SkipToAsync(FirstOfSecondPartition);
        await Silo.Journal.CreateAsync(Epoch);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions());
        Assert.NotNull(await Silo.Journal.FindAsync(old, default));

        Clock.Advance(TimeSpan.FromDays(3));
        await SweepAsync(new RetentionOptions());
        Assert.DoesNotContain("execution_event_0", await PartitionsAsync("execution_event"));
    }

    [Fact]
    public async Task Ids_find_their_partition_however_far_they_have_run_ahead()
    {
        await SkipToAsync(50 * FirstOfSecondPartition);
        await using var elsewhere = SiloStores.Open(Database);

        var ids = await Task.WhenAll(Silo.Journal.CreateAsync(Epoch), elsewhere.Journal.CreateAsync(Epoch));

        Assert.All(ids, id => Assert.True(id >= 50 * FirstOfSecondPartition));
        Assert.Equal(52, (await PartitionsAsync("execution_event")).Count);
    }

    [Fact]
    public async Task Only_one_silo_sweeps_at_a_time()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        Clock.Advance(TimeSpan.FromDays(91));

        await using (await Silo.SweepTurn.TryTakeAsync(default))
        {
            await SweepAsync(new RetentionOptions());
            Assert.NotNull(await Silo.Journal.FindAsync(old, default));
        }

        await SweepAsync(new RetentionOptions());
        Assert.Null(await Silo.Journal.FindAsync(old, default));
    }

    private async Task SkipToAsync(long id)
    {
        await Silo.Database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync("SELECT setval('execution_id', @id, false)", new { id }, transaction), default);
        while (await Silo.Journal.NextExecutionIdAsync(default) < id) { }
    }

    private Task<List<string>> PartitionsAsync(string table) => Silo.Database.ReadAsync(
        async connection => (await connection.QueryAsync<string>(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = @table::regclass", new { table })).AsList(),
        default);
}
