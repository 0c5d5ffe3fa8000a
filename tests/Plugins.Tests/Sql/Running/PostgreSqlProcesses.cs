using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Sql.Running;

/// <summary>What a server works on, as it says itself.</summary>
internal static class PostgreSqlProcesses
{
    public static async Task<long?> CountAsync(PostgreSqlServer server, string words) => (long)(await server.ExecuteAsync(
        $"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%{words}%'"))!;
}
