using Dapper;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>What retention asks of the heads, alike on both databases.</summary>
internal sealed class ExecutionHeads(IDatabase database)
{
    private const string Columns = "id AS Id, submitted_at AS SubmittedAt, ended_at AS EndedAt";

    public Task<RangeFacts> DescribeAsync(HistoryRange range, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var row = await connection.QuerySingleAsync<FactsRow>(
                $"""
                SELECT count(*) AS Count, max(ended_at) AS LastEndedAt,
                    coalesce(sum(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END), 0) AS Active, ({LastId}) AS LastId
                FROM execution WHERE id >= @From AND id < @To
                """, range);
            return new RangeFacts(
                (int)row.Count, StoredInstant.FromStored(row.LastEndedAt), row.Active > 0, row.LastId >= range.To);
        },
        cancellationToken);

    /// <summary>A page of the range, ascending.</summary>
    public Task<IReadOnlyList<KeptExecution>> ReadAsync(HistoryRange range, long after, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            $"SELECT {Columns} FROM execution WHERE id > @after AND id >= @From AND id < @To ORDER BY id LIMIT @limit",
            new { range.From, range.To, after, limit }, cancellationToken);

    /// <summary>The executions with these ids, in this order; those that are gone have nothing but their id.</summary>
    public async Task<IReadOnlyList<KeptExecution>> WithGoneAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var found = await QueryAsync(
            $"SELECT {Columns} FROM execution WHERE {IdIsAmong(database.Kind, "id")}", new { ids = ids.ToArray() }, cancellationToken);
        var byId = found.ToDictionary(execution => execution.Id);
        return [.. ids.Select(id => byId.GetValueOrDefault(id) ?? new KeptExecution(id, null, null))];
    }

    /// <summary>A condition on the parameter <c>ids</c>. Dapper hands a list to PostgreSQL as one array, and spells it out for SQLite.</summary>
    public static string IdIsAmong(DatabaseKind kind, string column) =>
        kind is DatabaseKind.PostgreSql ? $"{column} = ANY(@ids)" : $"{column} IN @ids";

    private string LastId => database.Kind is DatabaseKind.PostgreSql
        ? "SELECT last_value FROM execution_id"
        : "SELECT last FROM id_sequence WHERE name = 'execution'";

    private Task<IReadOnlyList<KeptExecution>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KeptExecution>>(
            async connection => [.. (await connection.QueryAsync<HeadRow>(sql, parameters)).Select(row => row.ToKept())],
            cancellationToken);

    private sealed class HeadRow
    {
        public long Id { get; init; }
        public long SubmittedAt { get; init; }
        public long? EndedAt { get; init; }

        public KeptExecution ToKept() => new(Id, StoredInstant.FromStored(SubmittedAt), StoredInstant.FromStored(EndedAt));
    }

    private sealed class FactsRow
    {
        public long Count { get; init; }
        public long? LastEndedAt { get; init; }
        public long Active { get; init; }
        public long LastId { get; init; }
    }
}
