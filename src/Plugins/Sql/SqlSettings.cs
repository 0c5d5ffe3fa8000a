using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Scripts;

namespace Scheduler.Plugins.Sql;

/// <summary>Settings of <c>sql</c>.</summary>
public sealed class SqlSettings : TransactionalSettings
{
    [Setting("Dialect", "方言",
        Description = "How the server behind an ODBC data source reads a script: quotes, comments, what ends a statement. Of other data sources it is known.",
        DescriptionZh = "ODBC 数据源背后的服务器如何解析脚本：引号、注释、语句结束符。其他数据源的方言是已知的。")]
    public ScriptDialect Dialect { get; init; }
}

/// <summary>A dialect that a server behind ODBC may speak.</summary>
public enum ScriptDialect
{
    /// <summary>With the dollar quotes and nested comments of PostgreSQL.</summary>
    Standard,
    Mysql,
    Hive,
}
