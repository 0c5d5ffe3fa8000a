using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Scripts;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.Sql;

/// <summary>A script on any data source.</summary>
[NodeType("sql", Title = "SQL script", TitleZh = "SQL 脚本", Settings = typeof(SqlSettings),
    Description = "Runs an SQL script on a data source of any kind.", DescriptionZh = "在任意类型的数据源上运行 SQL 脚本。")]
public sealed class SqlPlugin : NodePlugin<SqlSettings>
{
    protected override async Task<NodeResult> RunAsync(SqlSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var (source, wrongSource) = ScriptJob.Find(settings.DataSource, context, DataSourceKinds.All);
        if (source is null) return wrongSource!;

        var (script, noScript) = await ScriptJob.ReadAsync(settings.Script, settings.ScriptFile, context, cancellationToken);
        if (script is null) return noScript!;

        var target = SqlTargets.Of(source, DialectOf(settings, source), context);
        return await new ScriptRun(context, target, ScriptJob.Of(settings), script).RunAsync(cancellationToken);
    }

    private static SqlDialect DialectOf(SqlSettings settings, DataSource source) => settings.Dialect switch
    {
        _ when source.Kind == DataSourceKinds.Hive => SqlDialect.Hive,
        ScriptDialect.Mysql => SqlDialect.MySql,
        ScriptDialect.Hive => SqlDialect.Hive,
        _ => SqlDialect.PostgreSql,
    };
}
