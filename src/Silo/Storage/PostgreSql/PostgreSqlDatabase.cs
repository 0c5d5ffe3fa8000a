using System.Data.Common;
using Npgsql;
using Scheduler.Contracts;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>The cluster's database: one pool for everything this silo does, with statements prepared as they prove frequent.</summary>
internal sealed class PostgreSqlDatabase : IDatabase
{
    private readonly DatabaseOptions options;
    private readonly TimeProvider clock;

    public PostgreSqlDatabase(DatabaseOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        // Unnested batches are few distinct texts used all the time; two uses tell them from one-off statements.
        if (settings.MaxAutoPrepare == 0) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        // Nobody here leaves anything behind on a connection, and clearing up would be most of the statements a node causes.
        settings.NoResetOnClose = true;
        // A host that swallows packets must not hold a connection attempt longer than anybody waits for it.
        // Nor a server that does not answer a statement.
        var patience = (int)Math.Ceiling(options.Patience.TotalSeconds);
        settings.Timeout = Math.Min(settings.Timeout, patience);
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, patience);
        if (string.IsNullOrEmpty(settings.ApplicationName)) settings.ApplicationName = "scheduler";
        Source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    public DatabaseKind Kind => DatabaseKind.PostgreSql;

    /// <summary>For clustering, grain storage and the stores that stream. Owned by this database.</summary>
    public NpgsqlDataSource Source { get; }

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var transaction = new PostgreSqlTransaction<T>(work);
        return RepeatAsync(transaction.TryRunAsync, cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellationToken) =>
        RepeatAsync(async (connection, _) => (true, await query(connection)), cancellationToken);

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>
    /// Opens a connection and tries, until the attempt says it is done or patience ends. The last try may begin at its very end, and a
    /// statement waits as long again, so nobody waits longer than twice the patience.
    /// </summary>
    private async Task<T> RepeatAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<(bool Done, T Result)>> attempt, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(clock, options.Patience).Begin();

        while (true)
        {
            Exception? failure = null;
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken);
                var (done, result) = await attempt(connection, cancellationToken);
                if (done) return result;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsUnavailable(exception) || PostgreSqlErrors.IsSacrificed(exception))
            {
                failure = exception;
            }

            if (!await backoff.TryWaitAsync(cancellationToken))
                throw new StorageUnavailableException("PostgreSQL did not answer in time", failure!);
        }
    }
}
