using System.Data.Common;

namespace Scheduler.Silo.Storage;

/// <summary>
/// The relational database behind every table of ours: SQLite when embedded, PostgreSQL in a cluster. Statements valid on both are
/// written once against this port; instants are int64 milliseconds since 1970 UTC (see <see cref="StoredInstant"/>).
/// </summary>
/// <remarks>
/// Both calls throw <see cref="Contracts.StorageUnavailableException"/> when the database cannot be reached for longer than
/// <see cref="DatabaseOptions.Patience"/>. The connection belongs to the call: do not keep it, do not dispose it.
/// </remarks>
internal interface IDatabase : IAsyncDisposable
{
    DatabaseKind Kind { get; }

    /// <summary>
    /// Runs the work in one transaction, read committed or stronger, and completes after its commit. An exception of the work rolls
    /// everything back and reaches the caller unchanged.
    /// </summary>
    /// <param name="work">
    /// May run more than once (deadlock, lost connection, or a neighbour in the same group commit that failed); only its last run
    /// counts, so it must have no effect outside the transaction. On SQLite it holds up every other writer: it awaits nothing but
    /// this connection.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for a turn. Once the work has begun its outcome is awaited.</param>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs a query outside of any transaction. It may run more than once, and sees all that was acknowledged before.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken);
}

/// <summary>Which database it is, for the few statements that cannot be the same on both.</summary>
internal enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
