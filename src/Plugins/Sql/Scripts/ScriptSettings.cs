using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>What all node types that run a script on a data source may say.</summary>
public abstract class ScriptSettings
{
    [Setting("Data source", "数据源", Key = "datasource", Widget = Widgets.DataSource,
        Description = "The database that the script runs on.", DescriptionZh = "脚本在哪个数据库上运行。")]
    public required string DataSource { get; init; }

    [Setting("Script", "脚本", Widget = Widgets.Sql,
        Description = "Statements, run one after the other in one session. ${name} becomes a piece of the text; write :name to bind a value.",
        DescriptionZh = "在同一会话中依次执行的语句。${name} 会成为脚本文本的一部分；要绑定参数值请写 :name。")]
    public string? Script { get; init; }

    [Setting("Script file", "脚本文件", Widget = Widgets.PackageFile,
        Description = "A file of the package, in UTF-8, instead of the script. ${name} in it is not replaced.",
        DescriptionZh = "用包中的文件（UTF-8 编码）代替脚本。文件中的 ${name} 不会被替换。")]
    public string? ScriptFile { get; init; }

    [Setting("Parameters", "参数",
        Description = "param.name is the value of :name in the script. It is sent beside the statement and is never read as a piece of it.",
        DescriptionZh = "param.name 是脚本中 :name 的值。它与语句分开发送，绝不会被当作语句的一部分。")]
    public IReadOnlyDictionary<string, string> Param { get; init; } = new Dictionary<string, string>();

    [Setting("Statement time-out", "语句超时",
        Description = "How long one statement may take, its rows included. The server is told to stop one that takes longer. Without it there is no limit.",
        DescriptionZh = "单条语句（包括读取结果）允许的最长时间，超时则通知服务器停止该语句。不填则不限制。")]
    public TimeSpan? StatementTimeout { get; init; }

    [Setting("Rows in the log", "日志中的行数",
        Description = "Rows of the last result that the log shows.", DescriptionZh = "日志中显示最后一个结果的前多少行。")]
    [Range(0, 1000)]
    public int PreviewRows { get; init; } = 20;

    [Setting("Columns in the log", "日志中的列数",
        Description = "Columns of the last result that the log shows.", DescriptionZh = "日志中显示最后一个结果的前多少列。")]
    [Range(1, 200)]
    public int PreviewColumns { get; init; } = 20;

    [Setting("Width of a value in the log", "日志中值的宽度",
        Description = "Characters of one value that the log shows.", DescriptionZh = "日志中每个值显示多少个字符。")]
    [Range(4, 1000)]
    public int PreviewWidth { get; init; } = 60;

    internal PreviewLimits Preview => new(PreviewRows, PreviewColumns, PreviewWidth);
}
