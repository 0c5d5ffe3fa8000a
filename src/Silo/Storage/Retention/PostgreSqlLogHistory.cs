using Dapper;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>Logs of a cluster: partitions of chunks.</summary>
internal sealed class PostgreSqlLogHistory(PostgreSqlDatabase database) : IHistory
{
    /// <summary>From one execution with a log to the next, by the primary key: chunks in between are not looked at.</summary>
    private const string NextLogged = """
        WITH RECURSIVE logged(id) AS (
            (SELECT execution_id FROM log_chunk
             WHERE execution_id > @after AND execution_id >= @From AND execution_id < @To ORDER BY execution_id LIMIT 1)
            UNION ALL
            SELECT (SELECT execution_id FROM log_chunk WHERE execution_id > id AND execution_id < @To ORDER BY execution_id LIMIT 1)
            FROM logged WHERE id IS NOT NULL)
        SELECT id FROM logged WHERE id IS NOT NULL LIMIT @limit
        """;

    private readonly PartitionedTable partitions = new(database, "log_chunk");
    private readonly ExecutionHeads heads = new(database);

    public HistoryKind Kind => HistoryKind.Logs;

    public Task<IReadOnlyList<HistoryRange>> ListRangesAsync(CancellationToken cancellationToken) => partitions.ListAsync(cancellationToken);

    public async Task<IReadOnlyList<KeptExecution>> ReadAsync(
        HistoryRange range, long after, int limit, CancellationToken cancellationToken)
    {
        var ids = await database.ReadAsync(
            async connection => (await connection.QueryAsync<long>(NextLogged, new { range.From, range.To, after, limit })).AsList(),
            cancellationToken);
        return await heads.WithGoneAsync(ids, cancellationToken);
    }

    public Task DeleteAsync(IReadOnlyList<long> executions, CancellationToken cancellationToken) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM log_chunk WHERE execution_id = ANY(@ids); DELETE FROM log_gap WHERE execution_id = ANY(@ids)",
            new { ids = executions.ToArray() }, transaction),
        cancellationToken);

    public async Task DropAsync(HistoryRange range, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(
                "DELETE FROM log_gap WHERE execution_id >= @From AND execution_id < @To", range, transaction),
            cancellationToken);
        await partitions.DropAsync(range, static (_, _) => Task.FromResult(false), cancellationToken);
    }
}
