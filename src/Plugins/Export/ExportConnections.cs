using System.Data.Common;
using MySqlConnector;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.DataSources;

namespace Scheduler.Plugins.Export;

/// <summary>
/// Connections on which values are what the server holds. Those of MySQL are set to UTC, the one zone in which every <c>TIMESTAMP</c> has a
/// form of its own, so <c>NOW()</c> is UTC in their queries.
/// </summary>
internal static class ExportConnections
{
    /// <summary>The other side of an export may keep this one waiting for long. Strict, and 0 is 0 in a column that counts by itself.</summary>
    private const string MySqlSession =
        "SET SESSION time_zone = '+00:00', net_write_timeout = 3600, net_read_timeout = 3600, "
        + "sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'";

    public static async Task<DbConnection> OpenAsync(DataSource source, CancellationToken cancellationToken)
    {
        var connection = DataSourceConnections.Create(source);
        try
        {
            if (connection is MySqlConnection) connection.ConnectionString = Exact(connection.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            if (connection is MySqlConnection) await connection.RunAsync(MySqlSession, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>Rows affected.</returns>
    public static async Task<int> RunAsync(this DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The first value of the first row; null when there is none.</returns>
    public static async Task<object?> AskAsync(this DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }

    /// <summary>By default CHAR(36) would be read as an identifier, which changes its letters, and TINYINT(1) as true or false.</summary>
    private static string Exact(string connectionString) => new MySqlConnectionStringBuilder(connectionString)
    {
        GuidFormat = MySqlGuidFormat.None,
        TreatTinyAsBoolean = false,
        IgnoreCommandTransaction = true,
    }.ConnectionString;
}
