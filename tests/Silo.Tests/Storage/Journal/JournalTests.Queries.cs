using Dapper;
using Scheduler.Contracts.Instances;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Journal;

public abstract partial class JournalTests
{
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
    public async Task A_long_list_is_counted_a_little_further_than_the_page()
    {
        const int project = 4_900;
        var id = await journal.CreateAsync(mine, project);
        await storage.Silo.Database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                """
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10099)
                INSERT INTO execution (
                    id, project_id, workflow_id, version, status, submitted_by, submitted_at, updated_at, owner, specification)
                SELECT -n, project_id, workflow_id, version, 5, submitted_by, submitted_at, updated_at, owner, specification
                FROM execution, numbers WHERE id = @id
                """, new { id }, transaction),
            default);

        async Task<(int Total, int Rows)> ListAsync(int start, int length)
        {
            var page = await journal.ListAsync(new() { ProjectId = project }, start, length, default);
            return (page.Total, page.Executions.Count);
        }

        Assert.Equal((10_020, 20), await ListAsync(0, 20));
        Assert.Equal((10_100, 20), await ListAsync(200, 20));
        Assert.Equal((10_100, 10), await ListAsync(10_090, 20));
        Assert.Equal((10_100, 0), await ListAsync(10_200, 20));
        Assert.Equal((10_000, 0), await ListAsync(0, 0));
    }
}
