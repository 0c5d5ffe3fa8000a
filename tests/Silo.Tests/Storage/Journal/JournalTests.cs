using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Journal;

public sealed class SqliteJournalTests(SqliteStorage storage) : JournalTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlJournalTests(PostgreSqlStorage storage) : JournalTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>What every journal must do.</summary>
public abstract partial class JournalTests(StorageFixture storage)
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
        (IJournal Journal, Guid Epoch)[] rivals =
            [(journal, mine), (elsewhere.Journal, other), (journal, Guid.NewGuid()), (elsewhere.Journal, Guid.NewGuid())];

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
        var started = Update(ExecutionStatus.Running, second, started: true, owner: "silo-2");
        var ended = Update(ExecutionStatus.Succeeded, minute, started: true, ended: true);
        await journal.AppendAsync(Next(id, 2, mine, head: started), default);
        await journal.AppendAsync(Next(id, 3, mine, head: ended), default);

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
    public async Task An_execution_changes_hands_with_its_row()
    {
        var id = await journal.CreateAsync(mine, owner: "dead");
        await journal.AppendAsync(Next(id, 2, other, "adopted", Update(ExecutionStatus.Waiting, owner: "heir")), default);

        Assert.Equal("heir", (await journal.ReadAsync(id, default))!.Owner);
        Assert.DoesNotContain(id, await journal.FindAbandonedAsync(["heir"], 10_000, default));
    }
}
