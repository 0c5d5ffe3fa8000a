using System.Data.Common;
using Dapper;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// What the journals of both databases share: ids, and every read, as the same statements. How rows are appended differs and is
/// left to them.
/// </summary>
internal abstract class DatabaseJournal : IJournal, IAsyncDisposable
{
    /// <summary>Exactly the statuses that are not terminal; spelled out so that the partial index can serve it.</summary>
    internal const string IsActive = "status < 5";

    private const string SummaryColumns =
        "id AS Id, project_id AS ProjectId, workflow_id AS WorkflowId, version AS Version, status AS Status, " +
        "submitted_by AS SubmittedBy, submitted_at AS SubmittedAt, started_at AS StartedAt, ended_at AS EndedAt, " +
        "updated_at AS UpdatedAt";

    private const string HeadColumns =
        SummaryColumns + ", owner AS Owner, specification AS Specification, snapshot_sequence AS SnapshotSequence, snapshot AS Snapshot";

    /// <summary>How far a list is counted behind the page that is asked for: the whole of a long history would take longer than the page.</summary>
    private const int CountedBehindPage = 10_000;

    private readonly IDatabase database;
    private readonly ExecutionIds ids;

    protected DatabaseJournal(IDatabase database, int spareIds, TimeSpan spareIdLife, TimeProvider clock)
    {
        this.database = database;
        ids = new ExecutionIds(FetchIdsAsync, spareIds, spareIdLife, clock);
    }

    public abstract ValueTask AppendAsync(JournalAppend append, CancellationToken cancellationToken);

    /// <summary>Waits for what is under way. The database stays open: it belongs to others too.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>So many fresh ids, ascending.</summary>
    protected abstract Task<IReadOnlyList<long>> FetchIdsAsync(int count);

    public ValueTask<long> NextExecutionIdAsync(CancellationToken cancellationToken) => new(ids.NextAsync(cancellationToken));

    /// <remarks>
    /// Two statements without a transaction: rows are never changed, so all that stand behind the snapshot just read are still there,
    /// whatever has been appended in between.
    /// </remarks>
    public Task<StoredExecution?> ReadAsync(long executionId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var head = await connection.QuerySingleOrDefaultAsync<HeadRow>(
                $"SELECT {HeadColumns} FROM execution WHERE id = @executionId", new { executionId });
            if (head is null) return null;

            var rows = await ReadRowsAsync(connection, executionId, head.SnapshotSequence + 1, int.MaxValue);
            return new StoredExecution(
                head.ToSummary(), head.Specification, head.Owner, head.SnapshotSequence, head.Snapshot, rows);
        },
        cancellationToken);

    public Task<IReadOnlyList<JournalRow>> ReadRowsAsync(
        long executionId, int fromSequence, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ReadRowsAsync(connection, executionId, fromSequence, limit), cancellationToken);

    public Task<IReadOnlyList<long>> FindAbandonedAsync(
        IReadOnlyCollection<string> livingOwners, int limit, CancellationToken cancellationToken) =>
        QueryIdsAsync(
            $"SELECT id FROM execution WHERE {IsActive} AND {OwnerIsNotAmong} ORDER BY id LIMIT @limit",
            new { owners = livingOwners.ToArray(), limit }, cancellationToken);

    public Task<IReadOnlyList<long>> ListActiveAsync(int projectId, string workflowId, CancellationToken cancellationToken) =>
        QueryIdsAsync(
            $"SELECT id FROM execution WHERE project_id = @projectId AND workflow_id = @workflowId AND {IsActive} ORDER BY id",
            new { projectId, workflowId }, cancellationToken);

    public Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<SummaryRow>(
            $"SELECT {SummaryColumns} FROM execution WHERE id = @executionId", new { executionId }))?.ToSummary(),
        cancellationToken);

    public Task<ExecutionPage> ListAsync(ExecutionFilter filter, int start, int length, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var parameters = new { filter.ProjectId, filter.WorkflowId, start, length, most = start + (long)length + CountedBehindPage };
                var where = Where(filter);

                // Rows that are passed over are counted in an index; only those of the page are read.
                var rows = (await connection.QueryAsync<SummaryRow>(
                    $"""
                    SELECT {SummaryColumns} FROM execution
                    WHERE id IN (SELECT id FROM execution {where} ORDER BY id DESC LIMIT @length OFFSET @start) ORDER BY id DESC
                    """, parameters)).AsList();

                var isLastPage = rows.Count < length && (rows.Count > 0 || start == 0);
                var total = isLastPage
                    ? start + rows.Count
                    : await connection.ExecuteScalarAsync<int>(
                        $"SELECT count(*) FROM (SELECT id FROM execution {where} ORDER BY id DESC LIMIT @most) counted", parameters);
                return new ExecutionPage(total, [.. rows.Select(row => row.ToSummary())]);
            },
            cancellationToken);

    // Dapper hands a list to PostgreSQL as one array, and spells it out for SQLite.
    private string OwnerIsNotAmong => database.Kind is DatabaseKind.PostgreSql ? "owner <> ALL(@owners)" : "owner NOT IN @owners";

    private static string Where(ExecutionFilter filter)
    {
        var conditions = new List<string>();
        if (filter.ProjectId is not null) conditions.Add("project_id = @ProjectId");
        if (filter.WorkflowId is not null) conditions.Add("workflow_id = @WorkflowId");
        // Spelled out: a plan for any status could not use what is known of this one.
        if (filter.Status is { } status) conditions.Add($"status = {(int)status}");
        if (filter.Active is { } active) conditions.Add(active ? IsActive : $"NOT ({IsActive})");
        return conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
    }

    private Task<IReadOnlyList<long>> QueryIdsAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(
            async connection => (await connection.QueryAsync<long>(sql, parameters)).AsList(), cancellationToken);

    private static async Task<IReadOnlyList<JournalRow>> ReadRowsAsync(
        DbConnection connection, long executionId, int fromSequence, int limit)
    {
        await using var reader = await connection.ExecuteReaderAsync(
            """
            SELECT sequence, epoch, payload FROM execution_event
            WHERE execution_id = @executionId AND sequence >= @fromSequence ORDER BY sequence LIMIT @limit
            """,
            new { executionId, fromSequence, limit });

        var rows = new List<JournalRow>();
        while (await reader.ReadAsync())
            rows.Add(new JournalRow(reader.GetInt32(0), reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)));
        return rows;
    }
}
