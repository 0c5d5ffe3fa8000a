using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Scheduler.Silo.Storage.Sqlite;

/// <summary>
/// The embedded database: one file in the data directory, in WAL mode, so reads never wait for writes. All writes of ours pass
/// through one thread; only grain storage writes beside it, and the busy timeout covers the moments when both want the lock.
/// </summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly DatabaseOptions options;
    private readonly SqliteWriter writer;

    public SqliteDatabase(DatabaseOptions options)
    {
        this.options = options;
        Directory.CreateDirectory(options.DataDirectory);
        ConnectionString = ConnectionStringFor(options);
        writer = new SqliteWriter(OpenForWriting, options.QueueLength, options.BatchLength);
    }

    public DatabaseKind Kind => DatabaseKind.Sqlite;

    /// <summary>For those who bring their own connections: grain storage and migrations.</summary>
    public string ConnectionString { get; }

    public static string ConnectionStringFor(DatabaseOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(Path.GetFullPath(options.DataDirectory), "scheduler.db"),
        DefaultTimeout = (int)Math.Ceiling(options.Patience.TotalSeconds),
    }.ToString();

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var item = new SqliteWork<T>(work);
        await EnqueueAsync(item, cancellationToken);
        return await item.Completion;
    }

    /// <summary>Takes work into the next group commit; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(SqliteWork work, CancellationToken cancellationToken) => writer.EnqueueAsync(work, cancellationToken);

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return await query(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        // SQLite's own busy handler wakes within milliseconds; the provider's would sleep 150 ms at a time.
        command.CommandText = $"""
            PRAGMA synchronous = {(options.Durability is Durability.PowerLoss ? "FULL" : "NORMAL")};
            PRAGMA busy_timeout = {(long)options.Patience.TotalMilliseconds};
            """;
        command.ExecuteNonQuery();
        return connection;
    }
}
