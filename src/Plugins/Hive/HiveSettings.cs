using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Scripts;

namespace Scheduler.Plugins.Hive;

/// <summary>Settings of <c>hive</c>, those of Azkaban's plugins of this name included.</summary>
/// <remarks>The lines <c>hive.query.00</c> to <c>hive.query.99</c> of Azkaban are read as well.</remarks>
public sealed class HiveSettings : ScriptSettings
{
    [Setting("Hive script (Azkaban)", "Hive 脚本文件（Azkaban）", Key = "hive.script", Widget = Widgets.PackageFile,
        Description = "The same as the script file, as Azkaban calls it.", DescriptionZh = "与脚本文件相同，是 Azkaban 的叫法。")]
    public string? HiveScript { get; init; }

    [Setting("Hive query (Azkaban)", "Hive 查询（Azkaban）", Key = "hive.query", Widget = Widgets.Sql,
        Description = "The same as the script, as Azkaban calls it.", DescriptionZh = "与脚本相同，是 Azkaban 的叫法。")]
    public string? HiveQuery { get; init; }

    [Setting("Hive query file (Azkaban)", "Hive 查询文件（Azkaban）", Key = "hive.query.file", Widget = Widgets.PackageFile,
        Description = "The same as the script file, as Azkaban calls it.", DescriptionZh = "与脚本文件相同，是 Azkaban 的叫法。")]
    public string? HiveQueryFile { get; init; }

    [Setting("Hive variables", "Hive 变量", Key = "hivevar",
        Description = "hivevar.name is the value of ${hivevar:name}. It becomes a piece of the text.",
        DescriptionZh = "hivevar.name 是 ${hivevar:name} 的值，会成为脚本文本的一部分。")]
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    [Setting("Hive settings", "Hive 配置", Key = "hiveconf",
        Description = "hiveconf.name is set on the session before the script starts, and is the value of ${hiveconf:name}.",
        DescriptionZh = "hiveconf.name 会在脚本开始前设置到会话中，也是 ${hiveconf:name} 的值。")]
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    [Setting("Variables must have a value", "变量必须有值", Key = "hive.variables.strict",
        Description = "A reference to a variable without a value fails the node. Without this it stays as it is, as in Hive.",
        DescriptionZh = "引用没有值的变量时节点失败。不启用时该引用原样保留，与 Hive 一致。")]
    public bool IsStrict { get; init; }
}
