using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Journal;

public sealed class SqliteJournalTests(SqliteStorage storage) : JournalTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlJournalTests(PostgreSqlStorage storage) : JournalTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>What every journal must do.</summary>
public abstract class JournalTests(StorageFixture storage)
{
    private readonly IJournal journal = storage.Silo.Journal;
    private readonly Guid mine = Guid.NewGuid();
    private readonly Guid other = Guid.NewGuid();

    [Fact]
    public async Task Rows_come_back_in_order_with_head_and_specification()
    {
        var id = await journal.CreateAsync(mine, owner: "silo-7");
        await journal.AppendAsync(Next(id, 2, mine, "second"), default);
        await journal.AppendAsync(Next(id, 3, other, "third"), default);

        var stored = await journal.ReadAsync(id, default);

        Assert.NotNull(stored);
        Assert.Equal(Summary(id), stored.Summary);
        Assert.Equal("{\"order\":1}"u8, stored.Specification.Span);
        Assert.Equal("silo-7", stored.Owner);
        Assert.Equal((0, 0), (stored.SnapshotSequence, stored.Snapshot.Length));
        Assert.Equal(
            [(1, mine, "created"), (2, mine, "second"), (3, other, "third")],
            stored.Rows.Select(row => (row.Sequence, row.Epoch, row.Text())));
    }

    [Fact]
    public async Task Another_activation_cannot_write_a_row_that_stands()
    {
        var id = await journal.CreateAsync(mine);
        await journal.AppendAsync(Next(id, 2, mine, "mine"), default);

        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await journal.AppendAsync(Next(id, 2, other, "theirs", Update(ExecutionStatus.Running)), default));

        var stored = await journal.ReadAsync(id, default);
        Assert.Equal("mine", stored!.Rows[^1].Text());
        Assert.Equal(ExecutionStatus.Waiting, stored.Summary.Status);
    }

    [Fact]
    public async Task Of_two_activations_that_race_exactly_one_writes()
    {
        var id = await journal.CreateAsync(mine);
        await using var elsewhere = storage.OpenSilo();
        (IJournal Journal, Guid Epoch)[] rivals = [(journal, mine), (elsewhere.Journal, other), (journal, Guid.NewGuid()), (elsewhere.Journal, Guid.NewGuid())];

        var won = await Task.WhenAll(rivals.Select(async rival =>
        {
            try { await rival.Journal.AppendAsync(Next(id, 2, rival.Epoch), default); return true; }
            catch (JournalConflictException) { return false; }
        }));

        Assert.Equal(1, won.Count(each => each));
        Assert.Equal(rivals[Array.IndexOf(won, true)].Epoch, (await journal.ReadRowsAsync(id, 2, 10, default)).Single().Epoch);
    }

    [Fact]
    public async Task A_conflict_touches_no_other_execution_in_the_same_commit()
    {
        var contested = await journal.CreateAsync(mine);
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => journal.CreateAsync(mine)));

        var lost = journal.AppendAsync(Next(contested, 1, other), default).AsTask();
        var appends = ids.Select(id => journal.AppendAsync(Next(id, 2, mine), default).AsTask()).ToList();

        await Assert.ThrowsAsync<JournalConflictException>(() => lost);
        await Task.WhenAll(appends);
        foreach (var id in ids) Assert.Equal(2, (await journal.ReadAsync(id, default))!.Rows.Count);
    }

    [Fact]
    public async Task Repeating_an_append_of_ones_own_epoch_is_success_and_changes_nothing()
    {
        var id = await journal.CreateAsync(mine);
        await journal.AppendAsync(Next(id, 2, mine, "first", Update(ExecutionStatus.Running, started: true)), default);
        await journal.AppendAsync(Next(id, 2, mine, "again", Update(ExecutionStatus.Failed, ended: true)), default);

        var stored = await journal.ReadAsync(id, default);
        Assert.Equal("first", stored!.Rows[^1].Text());
        Assert.Equal(ExecutionStatus.Running, stored.Summary.Status);
        Assert.Null(stored.Summary.EndedAt);
    }

    [Fact]
    public async Task A_head_keeps_what_an_update_leaves_out_and_what_is_set_once()
    {
        var id = await journal.CreateAsync(mine);
        var (second, minute) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await journal.AppendAsync(Next(id, 2, mine, head: Update(ExecutionStatus.Running, second, started: true, owner: "silo-2")), default);
        await journal.AppendAsync(Next(id, 3, mine, head: Update(ExecutionStatus.Succeeded, minute, started: true, ended: true)), default);

        var expected = Summary(id) with
        {
            Status = ExecutionStatus.Succeeded,
            StartedAt = Noon + second,
            EndedAt = Noon + minute,
            UpdatedAt = Noon + minute,
        };
        Assert.Equal(expected, await journal.FindAsync(id, default));
        Assert.Equal("silo-2", (await journal.ReadAsync(id, default))!.Owner);
    }

    [Fact]
    public async Task Recovery_reads_the_snapshot_and_only_the_rows_behind_it()
    {
        var id = await journal.CreateAsync(mine);
        await journal.AppendAsync(Next(id, 2, mine, head: Update(ExecutionStatus.Running, snapshot: "state at 2")), default);
        await journal.AppendAsync(Next(id, 3, mine, "behind", Update(ExecutionStatus.Paused)), default);

        var stored = await journal.ReadAsync(id, default);

        Assert.Equal(2, stored!.SnapshotSequence);
        Assert.Equal("state at 2"u8, stored.Snapshot.Span);
        Assert.Equal("behind", Assert.Single(stored.Rows).Text());
    }

    [Fact]
    public async Task Rows_can_be_read_in_pages()
    {
        var id = await journal.CreateAsync(mine);
        for (var sequence = 2; sequence <= 10; sequence++) await journal.AppendAsync(Next(id, sequence, mine), default);

        Assert.Equal([4, 5, 6], (await journal.ReadRowsAsync(id, 4, 3, default)).Select(row => row.Sequence));
        Assert.Equal([10], (await journal.ReadRowsAsync(id, 10, 3, default)).Select(row => row.Sequence));
        Assert.Empty(await journal.ReadRowsAsync(id, 11, 3, default));
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_empty()
    {
        Assert.Null(await journal.ReadAsync(long.MaxValue, default));
        Assert.Null(await journal.FindAsync(long.MaxValue, default));
        Assert.Empty(await journal.ReadRowsAsync(long.MaxValue, 1, 10, default));
        Assert.Empty(await journal.ListActiveAsync(-1, "none", default));
    }

    [Fact]
    public async Task Abandoned_are_those_that_run_and_whose_owner_is_gone()
    {
        var owner = "gone-" + Guid.NewGuid();
        var lost = await journal.CreateAsync(mine, owner: owner);
        var alsoLost = await journal.CreateAsync(mine, owner: owner);
        var ended = await journal.CreateAsync(mine, owner: owner);
        var alive = await journal.CreateAsync(mine, owner: "alive");
        await journal.AppendAsync(Next(ended, 2, mine, head: Update(ExecutionStatus.Failed, ended: true)), default);

        var abandoned = await journal.FindAbandonedAsync(["alive", "silo-1"], 10_000, default);

        Assert.Equal([lost, alsoLost], abandoned.Where(id => id == lost || id == alsoLost || id == ended || id == alive));
        Assert.Single(await journal.FindAbandonedAsync(["alive"], 1, default));
        Assert.Contains(alive, await journal.FindAbandonedAsync([], 10_000, default));
    }

    [Fact]
    public async Task An_execution_changes_hands_with_its_row()
    {
        var id = await journal.CreateAsync(mine, owner: "dead");
        await journal.AppendAsync(Next(id, 2, other, "adopted", Update(ExecutionStatus.Waiting, owner: "heir")), default);

        Assert.Equal("heir", (await journal.ReadAsync(id, default))!.Owner);
        Assert.DoesNotContain(id, await journal.FindAbandonedAsync(["heir"], 10_000, default));
    }

    [Fact]
    public async Task Lists_are_filtered_paged_and_newest_first()
    {
        const int project = 4711;
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await journal.CreateAsync(mine, project, i < 3 ? "load" : "report"));
        await journal.AppendAsync(Next(ids[0], 2, mine, head: Update(ExecutionStatus.Succeeded, ended: true)), default);
        await journal.AppendAsync(Next(ids[1], 2, mine, head: Update(ExecutionStatus.Running, started: true)), default);

        var page = await journal.ListAsync(new ExecutionFilter { ProjectId = project }, 1, 2, default);
        Assert.Equal(5, page.Total);
        Assert.Equal([ids[3], ids[2]], page.Executions.Select(execution => execution.Id));

        async Task<IEnumerable<long>> Ids(ExecutionFilter filter) =>
            (await journal.ListAsync(filter with { ProjectId = project }, 0, 100, default)).Executions.Select(execution => execution.Id);
        Assert.Equal([ids[2], ids[1], ids[0]], await Ids(new ExecutionFilter { WorkflowId = "load" }));
        Assert.Equal([ids[1]], await Ids(new ExecutionFilter { Status = ExecutionStatus.Running }));
        Assert.Equal([ids[0]], await Ids(new ExecutionFilter { Active = false }));
        Assert.Equal([ids[2], ids[1]], await Ids(new ExecutionFilter { WorkflowId = "load", Active = true }));
        Assert.Equal([ids[1], ids[2]], await journal.ListActiveAsync(project, "load", default));
    }

    [Fact]
    public async Task The_statuses_that_count_as_active_are_those_that_are_not_terminal()
    {
        const int project = 4712;
        foreach (var status in Enum.GetValues<ExecutionStatus>())
        {
            var id = await journal.CreateAsync(mine, project);
            await journal.AppendAsync(Next(id, 2, mine, head: Update(status)), default);
        }

        var active = await journal.ListAsync(new ExecutionFilter { ProjectId = project, Active = true }, 0, 100, default);
        Assert.Equal(
            Enum.GetValues<ExecutionStatus>().Where(status => !status.IsTerminal()),
            active.Executions.Select(execution => execution.Status).Order());
    }

    [Fact]
    public async Task Ids_increase_and_are_never_given_twice()
    {
        await using var elsewhere = storage.OpenSilo();
        var ids = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i =>
            (i % 2 == 0 ? journal : elsewhere.Journal).NextExecutionIdAsync(default).AsTask()));

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id > 0));
        Assert.True(await journal.NextExecutionIdAsync(default) > ids.Max());
    }

    [Fact]
    public async Task Ten_thousand_appends_at_once_are_all_stored()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => journal.CreateAsync(mine, project: 4713)));

        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(2, 5).Select(sequence => journal.AppendAsync(
            Next(id, sequence, mine, head: sequence == 6 ? Update(ExecutionStatus.Succeeded, ended: true, snapshot: "end") : null),
            default).AsTask())));

        var done = await journal.ListAsync(new ExecutionFilter { ProjectId = 4713, Active = false }, 0, 5_000, default);
        Assert.Equal(2_000, done.Total);
        foreach (var id in ids.Where((_, i) => i % 100 == 0))
            Assert.Equal([1, 2, 3, 4, 5, 6], (await journal.ReadRowsAsync(id, 1, 100, default)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task Appends_of_one_execution_that_do_not_wait_for_each_other_keep_their_order()
    {
        var id = await journal.NextExecutionIdAsync(default);
        var appends = new List<Task> { journal.AppendAsync(Create(Summary(id), mine), default).AsTask() };
        for (var i = 2; i <= 50; i++)
            appends.Add(journal.AppendAsync(Next(id, i, mine, $"{i}", Update(ExecutionStatus.Running, snapshot: $"{i}")), default).AsTask());
        await Task.WhenAll(appends);

        var stored = await journal.ReadAsync(id, default);
        Assert.Equal((50, 0), (stored!.SnapshotSequence, stored.Rows.Count));
        Assert.Equal("50"u8, stored.Snapshot.Span);
    }

    [Fact]
    public async Task A_large_row_survives_unchanged()
    {
        var id = await journal.CreateAsync(mine);
        var payload = new byte[3_000_000];
        new Random(1).NextBytes(payload);
        await journal.AppendAsync(new JournalAppend(id, new JournalRow(2, mine, payload.AsMemory(5, 2_999_000)), null), default);

        var stored = (await journal.ReadRowsAsync(id, 2, 1, default)).Single();
        Assert.Equal(payload.AsSpan(5, 2_999_000), stored.Payload.Span);
    }
}
