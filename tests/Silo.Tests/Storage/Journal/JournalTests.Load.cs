using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Journal;

public abstract partial class JournalTests
{
    [Fact]
    public async Task Ids_increase_on_each_silo_and_are_never_given_twice()
    {
        await using var elsewhere = storage.OpenSilo();
        var ids = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i =>
            (i % 2 == 0 ? journal : elsewhere.Journal).NextExecutionIdAsync(default).AsTask()));

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id > 0));
        Assert.True(await journal.NextExecutionIdAsync(default) > ids.Where((_, i) => i % 2 == 0).Max());
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
        {
            var head = Update(ExecutionStatus.Running, snapshot: $"{i}");
            appends.Add(journal.AppendAsync(Next(id, i, mine, $"{i}", head), default).AsTask());
        }

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
