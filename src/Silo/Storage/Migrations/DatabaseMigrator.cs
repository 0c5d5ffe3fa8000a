using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;
using Npgsql;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Storage.Migrations;

/// <summary>
/// Brings the schema up to date by running the numbered scripts that have not run yet, each in its own transaction. Servers that
/// start together take turns under an advisory lock.
/// </summary>
/// <remarks>
/// Version N and N+1 run side by side during an upgrade, so a script only expands (adds tables, columns with defaults, indexes);
/// what nobody reads any more goes in a <c>NNNN_contract_*.sql</c> one release later. Applied scripts are never edited.
/// </remarks>
internal static class DatabaseMigrator
{
    private const long LockKey = 0x5C4ED01E;

    /// <returns>File names of the scripts that ran, in order; empty when there was nothing to do.</returns>
    /// <exception cref="InvalidOperationException">A script failed; the ones before it stay applied.</exception>
    public static Task<IReadOnlyList<string>> MigrateAsync(DatabaseOptions options, CancellationToken cancellationToken) =>
        options.IsEmbedded ? Task.FromResult(MigrateSqlite(options)) : MigratePostgreSqlAsync(options.ConnectionString!, cancellationToken);

    private static IReadOnlyList<string> MigrateSqlite(DatabaseOptions options)
    {
        var connectionString = SqliteDatabase.ConnectionStringFor(options);
        Directory.CreateDirectory(options.DataDirectory);
        EnableWriteAheadLog(connectionString);
        return Run(DeployChanges.To.SqliteDatabase(connectionString), DatabaseKind.Sqlite);
    }

    /// <summary>Kept in the file, for every connection there will be; cannot be done inside a script's transaction.</summary>
    private static void EnableWriteAheadLog(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    private static async Task<IReadOnlyList<string>> MigratePostgreSqlAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        // Held by the session: closing the connection, or dying, gives it back.
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({LockKey})", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            return Run(DeployChanges.To.PostgresqlDatabase(connectionString), DatabaseKind.PostgreSql);
        }
        finally
        {
            command.CommandText = $"SELECT pg_advisory_unlock({LockKey})";
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static IReadOnlyList<string> Run(UpgradeEngineBuilder builder, DatabaseKind kind)
    {
        var result = builder.WithScripts(MigrationScripts.For(kind)).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere()
            .Build().PerformUpgrade();

        return result.Successful
            ? [.. result.Scripts.Select(script => script.Name)]
            : throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }
}
