using Npgsql;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>How far the executions in a database have come.</summary>
/// <param name="Executions">In all.</param>
/// <param name="Open">That have not ended.</param>
/// <param name="Rows">Of all journals.</param>
internal sealed record Progress(long Executions, long Open, long Rows);

/// <summary>
/// The database of a run, reached past all proxies. It knows the tables by their own names and not through the engine's storage: who
/// looks for faults of that must not ask it.
/// </summary>
internal sealed class TortureDatabase(string connectionString, ThrowAwayPostgreSql? server) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "torture", Enlist = false });

    public string ConnectionString => connectionString;

    /// <summary>Null when it cannot be reached now.</summary>
    public async Task<Progress?> TryCountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var counts = await QueryAsync(
                "SELECT (SELECT count(*) FROM execution), (SELECT count(*) FROM execution WHERE status < 5), (SELECT count(*) FROM execution_event)",
                row => new Progress(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);
            return counts[0];
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>All rows of a query.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    /// <exception cref="TortureImpossibleException">It cannot be reached, or somebody uses it.</exception>
    public async Task CheckEmptyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isUsed = await QueryAsync("SELECT to_regclass('execution') IS NOT NULL", row => row.GetBoolean(0), cancellationToken);
            if (isUsed[0]) throw new TortureImpossibleException("The database is in use by a scheduler. Give an empty one: everything in it will be tortured.");
        }
        catch (NpgsqlException exception)
        {
            throw new TortureImpossibleException($"The database cannot be reached: {exception.Message}", exception);
        }
    }

    /// <summary>Ends about half of the connections of others.</summary>
    public async Task DropConnectionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await QueryAsync(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> 'torture' AND random() < 0.5
                """,
                row => row.GetBoolean(0), cancellationToken);
        }
        catch (NpgsqlException)
        {
            // It is being restarted just now: the connections are gone anyway.
        }
    }

    /// <summary>Only for a server of the run's own.</summary>
    public Task RestartAsync(bool isGentle) => server!.RestartAsync(isGentle);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }
}
