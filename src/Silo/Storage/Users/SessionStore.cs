using Dapper;

namespace Scheduler.Silo.Storage.Users;

/// <summary>A live session.</summary>
internal sealed record StoredSession(string UserName, DateTimeOffset ExpiresAt);

/// <summary>The table of sessions, by the hash of their ids.</summary>
internal sealed class SessionStore(IDatabase database)
{
    /// <summary>Adds a session, and removes what has expired and, of the same user, what is beyond the newest <paramref name="limit"/>.</summary>
    public Task AddAsync(
        string idHash, StoredSession session, string remoteAddress, DateTimeOffset openedAt, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) => connection.ExecuteAsync("""
            DELETE FROM user_session WHERE expires_at <= @OpenedAt;

            INSERT INTO user_session (id_hash, user_name, remote_address, opened_at, expires_at)
            VALUES (@IdHash, @UserName, @RemoteAddress, @OpenedAt, @ExpiresAt);

            DELETE FROM user_session WHERE id_hash IN (
                SELECT id_hash FROM user_session WHERE user_name = @UserName ORDER BY expires_at DESC, opened_at DESC LIMIT 1000 OFFSET @Limit);
            """,
            new
            {
                IdHash = idHash,
                session.UserName,
                RemoteAddress = remoteAddress,
                OpenedAt = openedAt.ToStored(),
                ExpiresAt = session.ExpiresAt.ToStored(),
                Limit = limit,
            }, transaction), cancellationToken);

    /// <summary>Null when it is unknown, closed or expired.</summary>
    public async Task<StoredSession?> FindAsync(string idHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(
            "SELECT user_name AS UserName, expires_at AS ExpiresAt FROM user_session WHERE id_hash = @IdHash AND expires_at > @Now",
            new { IdHash = idHash, Now = now.ToStored() }), cancellationToken);

        return row is null ? null : new(row.UserName, StoredInstant.FromStored(row.ExpiresAt));
    }

    /// <summary>Prolongs a session that is still there.</summary>
    public Task ProlongAsync(string idHash, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) => connection.ExecuteAsync(
            "UPDATE user_session SET expires_at = @ExpiresAt WHERE id_hash = @IdHash AND expires_at < @ExpiresAt",
            new { IdHash = idHash, ExpiresAt = expiresAt.ToStored() }, transaction), cancellationToken);

    public Task RemoveAsync(string idHash, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM user_session WHERE id_hash = @IdHash", new { IdHash = idHash }, transaction), cancellationToken);

    private sealed class Row
    {
        public string UserName { get; init; } = "";
        public long ExpiresAt { get; init; }
    }
}
