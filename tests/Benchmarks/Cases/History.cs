using Dapper;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Cases;

/// <summary>
/// Finished executions in numbers that no benchmark can wait for: a few are run, and their heads and rows are copied by the database.
/// They lie in the last 80 days, evenly; one in a hundred says that it has failed.
/// </summary>
/// <param name="First">The lowest id of the copies; the others follow without a gap.</param>
/// <param name="Project">One of the projects they belong to.</param>
/// <param name="Rows">Journal rows of all copies.</param>
/// <param name="Bytes">Heads, journal and their indexes on disk.</param>
internal sealed record History(long First, int Project, long Rows, long Bytes)
{
    public const int Projects = 20;

    private const int Batch = 100_000;

    private const string CopyHeads = """
        INSERT INTO execution (
            id, project_id, workflow_id, version, status, submitted_by, submitted_at, started_at, ended_at, updated_at, owner,
            specification, snapshot_sequence, snapshot)
        SELECT @first + n, e.project_id, e.workflow_id, e.version, CASE WHEN n % 100 = 0 THEN 6 ELSE e.status END, e.submitted_by,
            e.submitted_at - age.value, e.started_at - age.value, e.ended_at - age.value, e.updated_at - age.value, e.owner,
            e.specification, e.snapshot_sequence, e.snapshot
        FROM generate_series(@from, @to - 1) n
        CROSS JOIN LATERAL (SELECT ((@count - n) * 80.0 * 86400000 / @count)::bigint AS value) age
        JOIN execution e ON e.id = (@samples::bigint[])[n % @projects + 1]
        """;

    private const string CopyRows = """
        INSERT INTO execution_event (execution_id, sequence, epoch, payload)
        SELECT @first + n, r.sequence, r.epoch, r.payload
        FROM generate_series(@from, @to - 1) n JOIN execution_event r ON r.execution_id = (@samples::bigint[])[n % @projects + 1]
        """;

    private const string Measure = """
        SELECT (SELECT count(*) FROM execution_event) AS rows,
            pg_total_relation_size('execution')
                + (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'execution_event'::regclass)::bigint AS bytes
        """;

    public static async Task<History> CloneAsync(EngineHost host, int count)
    {
        var samples = new List<long>();
        var project = 0;
        for (var i = 0; i < Projects; i++)
        {
            var uploaded = await host.UploadAsync(Shapes.Dag(BenchPlugin.TypeId));
            samples.Add(await host.SubmitAsync(uploaded));
            await host.WaitAsync(samples[^1]);
            project = uploaded.Id;
        }

        var first = await host.QueryAsync(connection => connection.ExecuteScalarAsync<long>(
            "SELECT setval('execution_id', last_value + @count) - @count + 1 FROM execution_id", new { count }));
        await host.QueryAsync(connection => connection.ExecuteAsync("SELECT extend_execution_event(@last)", new { last = first + count }));
        for (var from = 0; from < count; from += Batch)
        {
            var slice = new { first, from, to = Math.Min(count, from + Batch), count, samples = samples.ToArray(), projects = Projects };
            await host.QueryAsync(connection => connection.ExecuteAsync(CopyHeads, slice, commandTimeout: 600));
            await host.QueryAsync(connection => connection.ExecuteAsync(CopyRows, slice, commandTimeout: 600));
        }

        var (rows, bytes) = await host.QueryAsync(connection => connection.QuerySingleAsync<(long, long)>(Measure));
        return new History(first, project, rows, bytes);
    }
}
