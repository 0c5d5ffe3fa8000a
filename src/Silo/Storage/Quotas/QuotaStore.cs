using Dapper;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage.Users;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Quotas;

/// <summary>The limits; each change is stored with its audit row in one transaction.</summary>
internal sealed class QuotaStore(IDatabase database)
{
    /// <summary>Ordered by key, with what counts for each at this moment.</summary>
    public async Task<IReadOnlyList<QuotaUse>> ListAsync(CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT key AS Key, running_limit AS RunningLimit,
                (SELECT count(*) FROM quota_permit WHERE quota_key = quota.key) AS Running
            FROM quota ORDER BY key
            """;
        var rows = await database.ReadAsync(connection => connection.QueryAsync<QuotaRow>(statement), cancellationToken);
        return [.. rows.Select(row => new QuotaUse(row.Key, (int)row.RunningLimit, (int)row.Running))];
    }

    public async Task<IReadOnlyDictionary<string, int>> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<QuotaRow>("SELECT key AS Key, running_limit AS RunningLimit FROM quota"), cancellationToken);
        return rows.ToDictionary(row => row.Key, row => (int)row.RunningLimit, StringComparer.Ordinal);
    }

    public Task SetAsync(string key, int limit, UserEvent entry, CancellationToken cancellationToken) => ChangeAsync(
        """
        INSERT INTO quota (key, running_limit) VALUES (@Key, @Limit)
        ON CONFLICT (key) DO UPDATE SET running_limit = excluded.running_limit
        """,
        key, limit, entry, cancellationToken);

    /// <summary>False when there is no such quota.</summary>
    public async Task<bool> RemoveAsync(string key, UserEvent entry, CancellationToken cancellationToken) =>
        await ChangeAsync("DELETE FROM quota WHERE key = @Key", key, 0, entry, cancellationToken) > 0;

    private Task<int> ChangeAsync(string statement, string key, int limit, UserEvent entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var changed = await connection.ExecuteAsync(statement, new { Key = key, Limit = limit }, transaction);
                if (changed > 0)
                    await connection.ExecuteAsync(
                        UserSql.AddEvent, new { entry.Actor, At = entry.At.ToStored(), entry.Message }, transaction);
                return changed;
            },
            cancellationToken);
}
