using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Scripts;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.MySql;

/// <summary>A script on MySQL or MariaDB, as their own client reads it: with <c>DELIMITER</c>, procedures and several results.</summary>
[NodeType("mysql", Title = "MySQL script", TitleZh = "MySQL 脚本", Settings = typeof(MySqlSettings),
    Description = "Runs an SQL script on MySQL or MariaDB.", DescriptionZh = "在 MySQL 或 MariaDB 上运行 SQL 脚本。")]
public sealed class MySqlPlugin : NodePlugin<MySqlSettings>
{
    protected override async Task<NodeResult> RunAsync(MySqlSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var (source, wrongSource) = ScriptJob.Find(settings.DataSource, context, DataSourceKinds.MySql);
        if (source is null) return wrongSource!;

        var (script, noScript) = await ScriptJob.ReadAsync(settings.Script, settings.ScriptFile, context, cancellationToken);
        if (script is null) return noScript!;

        return await new ScriptRun(context, new MySqlTarget(source), ScriptJob.Of(settings), script).RunAsync(cancellationToken);
    }
}
