using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>What a <c>shell</c> node says.</summary>
public sealed class ShellSettings : ProcessJobSettings
{
    [Setting("Script", "脚本", Widget = Widgets.Shell,
        Description = "Values come as variables. ${name} is replaced in the text before the shell reads it: unsafe with values that others choose.",
        DescriptionZh = "值以变量传入。${name} 会在 shell 读取之前替换到文本中:对他人可控的值不安全。")]
    public string? Script { get; init; }

    [Setting("Script from a file", "脚本文件", Widget = Widgets.PackageFile, Description = "A file of the package, instead of a script.", DescriptionZh = "包内的文件,代替内联脚本。")]
    public string? ScriptFile { get; init; }

    [Setting("Normalize line ends", "规范换行", Description = "Removes what Windows editors leave in scripts.", DescriptionZh = "去掉 Windows 编辑器留下的字符。")]
    public bool ScriptNormalize { get; init; }

    [Setting("Interpreter", "解释器", Description = "By default what the #! line names, else bash or sh.", DescriptionZh = "默认按 #! 行,否则为 bash 或 sh。")]
    public string? Interpreter { get; init; }

    [Setting("Arguments", "参数", Description = "Words with quotes around those that hold blanks, or a JSON array of texts.", DescriptionZh = "以空格分隔的词(含空格者加引号),或 JSON 字符串数组。")]
    public string? Arguments { get; init; }

    [Setting("Parameters", "脚本变量", Description = "param.biz.date becomes the variable BIZ_DATE.", DescriptionZh = "param.biz.date 成为变量 BIZ_DATE。")]
    public IReadOnlyDictionary<string, string> Param { get; init; } = new Dictionary<string, string>();

    [Setting("Run as", "运行用户", Description = "A user of the system that administrators allow.", DescriptionZh = "管理员允许的系统用户。")]
    public string? UserToProxy { get; init; }

    [Setting("CPU time", "CPU 时间上限", Description = "Of each process.", DescriptionZh = "每个进程的上限。")]
    public TimeSpan? LimitCpu { get; init; }

    [Setting("Memory", "内存上限", Description = "Address space of each process, such as 512M or 4G.", DescriptionZh = "每个进程的地址空间,例如 512M 或 4G。")]
    [RegularExpression("[1-9][0-9]{0,11}[kKmMgG]?")]
    public string? LimitMemory { get; init; }

    [Setting("Open files", "打开文件数上限", Description = "Of each process.", DescriptionZh = "每个进程的上限。")]
    [Range(3, int.MaxValue)]
    public int? LimitFiles { get; init; }

    [Setting("Processes", "进程数上限", Description = "Of the user, whoever has started them; root has no such limit.", DescriptionZh = "该用户的全部进程;对 root 无效。")]
    [Range(1, int.MaxValue)]
    public int? LimitProcesses { get; init; }
}
