using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql;
using Scheduler.Plugins.Sql.Scripts;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.Hive;

/// <summary>
/// A HiveQL script over ODBC, on one session. Jobs of Azkaban's <c>type=hive</c> run as they are, once they name a data source.
/// </summary>
[NodeType("hive", Title = "Hive script", TitleZh = "Hive 脚本", Settings = typeof(HiveSettings),
    Description = "Runs a HiveQL script over ODBC.", DescriptionZh = "通过 ODBC 运行 HiveQL 脚本。")]
public sealed class HivePlugin : NodePlugin<HiveSettings>
{
    protected override async Task<NodeResult> RunAsync(HiveSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var (source, wrongSource) = ScriptJob.Find(settings.DataSource, context, DataSourceKinds.Hive, DataSourceKinds.Odbc);
        if (source is null) return wrongSource!;
        if (HiveJob.Read(context.Properties, out var hive) is { } contradiction) return contradiction;

        var (script, noScript) = await ScriptJob.ReadAsync(hive.Query, hive.ScriptPath, context, cancellationToken);
        if (script is null) return noScript!;

        var job = ScriptJob.Of(settings) with
        {
            First = [.. hive.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(Set)],
            Variables = new HiveVariables(hive.Variables, hive.Settings, new() { ReportsUndefined = settings.IsStrict }),
            // In HiveQL a colon may stand in front of a type.
            BindsParameters = settings.Param.Count > 0,
        };
        return await new ScriptRun(context, new OdbcTarget(source, SqlDialect.Hive), job, script).RunAsync(cancellationToken);
    }

    private static SqlStatement Set(KeyValuePair<string, string> setting) =>
        new($"SET {setting.Key}={setting.Value}", ScriptPlace.Start, StatementKind.Set);
}
