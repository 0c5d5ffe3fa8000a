using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Targets;

internal static class SqlTargets
{
    /// <param name="source">Of any kind.</param>
    /// <param name="dialect">Of a server behind ODBC; of the others it is known.</param>
    /// <param name="context">Of the attempt that gets the session.</param>
    public static SqlTarget Of(DataSource source, SqlDialect dialect, NodeContext context) => source.Kind switch
    {
        DataSourceKinds.MySql => new MySqlTarget(source),
        DataSourceKinds.PostgreSql => new PostgreSqlTarget(source, $"scheduler {context.Attempt} {Guid.NewGuid():N}"),
        _ => new OdbcTarget(source, dialect),
    };
}
