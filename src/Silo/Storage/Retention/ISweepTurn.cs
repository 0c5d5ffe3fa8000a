using Npgsql;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>Lets one process of the cluster sweep at a time.</summary>
internal interface ISweepTurn
{
    /// <summary>Null when another one sweeps; else to be disposed when the sweep is over.</summary>
    Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken);
}

/// <summary>The data folder belongs to one process, and that one sweeps once at a time.</summary>
internal sealed class EmbeddedSweepTurn : ISweepTurn, IAsyncDisposable
{
    public Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(this);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>
/// An advisory lock of a session. When the session is lost another silo may begin while this one goes on; that costs work done twice,
/// nothing else.
/// </summary>
internal sealed class PostgreSqlSweepTurn(PostgreSqlDatabase database) : ISweepTurn
{
    private const long LockKey = 0x5C4ED01F;

    public async Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is true) return new Held(connection);

        await connection.DisposeAsync();
        return null;
    }

    private sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The connection goes back to a pool, and only its end would give the lock back by itself.
            await using (connection)
            {
                if (connection.FullState.HasFlag(System.Data.ConnectionState.Broken)) return;
                await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({LockKey})", connection);
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
