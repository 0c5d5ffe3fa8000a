using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
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
        options.IsEmbedded ? MigrateSqliteAsync(options, cancellationToken) : MigratePostgreSqlAsync(options, cancellationToken);

    private static async Task<IReadOnlyList<string>> MigrateSqliteAsync(DatabaseOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var scripts = MigrationScripts.For(DatabaseKind.Sqlite);
        await using var connection = new SqliteConnection(SqliteDatabase.ConnectionStringFor(options));
        await connection.OpenAsync(cancellationToken);
        if (await IsUpToDateAsync(connection, scripts)) return [];

        // Kept in the file, for every connection there will be; cannot be done inside a script's transaction.
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        return Run(DeployChanges.To.SqliteDatabase(connection.ConnectionString), scripts);
    }

    private static async Task<IReadOnlyList<string>> MigratePostgreSqlAsync(DatabaseOptions options, CancellationToken cancellationToken)
    {
        var scripts = MigrationScripts.For(DatabaseKind.PostgreSql);
        var connectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        if (await IsUpToDateAsync(connection, scripts)) return [];

        // Held by the session: closing the connection, or dying, gives it back.
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({LockKey})", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return Run(DeployChanges.To.PostgresqlDatabase(connectionString), scripts);
    }

    /// <summary>One query instead of a migration engine: this is what nearly every start of a server does.</summary>
    private static async Task<bool> IsUpToDateAsync(DbConnection connection, IReadOnlyList<SqlScript> scripts)
    {
        try
        {
            var applied = await connection.QueryAsync<string>("SELECT scriptname FROM schemaversions");
            return scripts.Select(script => script.Name).Except(applied).FirstOrDefault() is null;
        }
        catch (DbException)
        {
            // The table comes with the first script. Whatever else is wrong, the migration will say it.
            return false;
        }
    }

    private static IReadOnlyList<string> Run(UpgradeEngineBuilder builder, IReadOnlyList<SqlScript> scripts)
    {
        var result = builder.WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere()
            .Build().PerformUpgrade();

        return result.Successful
            ? [.. result.Scripts.Select(script => script.Name)]
            : throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }
}
