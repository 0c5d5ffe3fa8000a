using System.Data.Common;
using Dapper;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Storage.Quotas;

/// <summary>
/// Permits as rows: whoever asks for them counts under a lock on the quotas, so that several dispatch queues, or two that believe to be
/// the same one, never give more than the limit.
/// </summary>
internal sealed class PermitStore(IDatabase database, TimeProvider clock)
{
    /// <summary>Gives permits of all their quotas to those that find room, in order. Who has them already is permitted again.</summary>
    public Task<PermitAnswer> TakeAsync(IReadOnlyList<DispatchItem> items, CancellationToken cancellationToken)
    {
        var keys = items.SelectMany(item => item.Quotas).Distinct().Order(StringComparer.Ordinal).ToArray();
        return database.WriteAsync(
            async (connection, transaction) =>
            {
                // Locked in one order by all, and before anything is counted: what the holder of the lock before has taken is seen.
                await connection.ExecuteAsync($"SELECT key FROM quota WHERE {Among("key")} ORDER BY key {ForUpdate}", new { keys }, transaction);
                var book = QuotaBook.Of(await ReadAsync(connection, transaction, keys));
                var permitted = items.Where(item => TryHold(book, item)).ToList();
                await connection.ExecuteAsync(
                    """
                    INSERT INTO quota_permit (quota_key, execution_id, node, attempt, taken_at) VALUES (@Key, @Execution, @Node, @Number, @At)
                    ON CONFLICT DO NOTHING
                    """,
                    permitted.SelectMany(item => item.Quotas, ToRow), transaction);
                return new PermitAnswer(
                    permitted.Select(item => item.Attempt).ToHashSet(), await ReadAsync(connection, transaction, keys));
            },
            cancellationToken);
    }

    public Task<QuotaState> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ReadAsync(connection, null, [.. keys]), cancellationToken);

    /// <summary>Takes back what the attempts hold; those that hold nothing are ignored.</summary>
    public Task ReturnAsync(IReadOnlyList<AttemptId> attempts, CancellationToken cancellationToken) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM quota_permit WHERE execution_id = @Execution AND node = @Node AND attempt = @Number",
            attempts.Select(attempt => new { Execution = attempt.ExecutionId, attempt.Node, attempt.Number }), transaction),
        cancellationToken);

    /// <summary>Takes back everything of executions that have ended.</summary>
    /// <returns>How many permits that were.</returns>
    public Task<int> ReturnOfEndedAsync(CancellationToken cancellationToken) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            """
            DELETE FROM quota_permit
            WHERE NOT EXISTS (SELECT 1 FROM execution WHERE execution.id = quota_permit.execution_id AND execution.status < 5)
            """,
            transaction: transaction),
        cancellationToken);

    /// <summary>Attempts that hold permits since before then, in no particular order.</summary>
    public async Task<IReadOnlyList<AttemptId>> ListHoldersAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(
                "SELECT DISTINCT execution_id AS Execution, node AS Node, attempt AS Number FROM quota_permit WHERE taken_at < @At",
                new { At = before.ToStored() }),
            cancellationToken);
        return [.. rows.Select(row => row.Attempt)];
    }

    private async Task<QuotaState> ReadAsync(DbConnection connection, DbTransaction? transaction, string[] keys)
    {
        var limits = await connection.QueryAsync<QuotaRow>(
            $"SELECT key AS Key, running_limit AS RunningLimit FROM quota WHERE {Among("key")}", new { keys }, transaction);
        var permits = await connection.QueryAsync<Row>(
            $"""
            SELECT quota_key AS Key, execution_id AS Execution, node AS Node, attempt AS Number
            FROM quota_permit WHERE {Among("quota_key")}
            """,
            new { keys }, transaction);
        return new QuotaState(
            keys, limits.ToDictionary(row => row.Key, row => (int)row.RunningLimit),
            [.. permits.Select(row => new QuotaPermit(row.Key, row.Attempt))]);
    }

    private static bool TryHold(QuotaBook book, DispatchItem item)
    {
        if (book.FindFull(item.Attempt, item.Quotas) is not null) return false;

        book.Hold(item.Attempt, item.Quotas);
        return true;
    }

    private object ToRow(DispatchItem item, string key) =>
        new { Key = key, Execution = item.Attempt.ExecutionId, item.Attempt.Node, item.Attempt.Number, At = clock.GetUtcNow().ToStored() };

    private string Among(string column) => database.Kind is DatabaseKind.PostgreSql ? $"{column} = ANY(@keys)" : $"{column} IN @keys";

    /// <summary>SQLite has one writer at a time anyway.</summary>
    private string ForUpdate => database.Kind is DatabaseKind.PostgreSql ? "FOR UPDATE" : "";

    private sealed class Row
    {
        public string Key { get; init; } = "";
        public long Execution { get; init; }
        public long Node { get; init; }
        public long Number { get; init; }

        public AttemptId Attempt => new(Execution, (int)Node, (int)Number);
    }
}

/// <summary>What became of asking for permits.</summary>
/// <param name="Permitted">Who may go.</param>
/// <param name="State">The quotas concerned, with these permits.</param>
internal sealed record PermitAnswer(IReadOnlySet<AttemptId> Permitted, QuotaState State);
