using MySqlConnector;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.MySql;

/// <summary>What a server works on, as it says itself.</summary>
internal static class MariaDbProcesses
{
    public static async Task<long?> CountAsync(MariaDbServer server, string words)
    {
        var builder = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)server.Port,
            UserID = MariaDbServer.User,
            Password = MariaDbServer.Password,
            Pooling = false,
        };
        await using var connection = new MySqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(
            $"SELECT count(*) FROM information_schema.processlist WHERE id <> connection_id() AND info LIKE '%{words}%'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
