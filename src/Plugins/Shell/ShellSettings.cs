using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Shell;

/// <summary>Settings of <see cref="ShellPlugin"/>.</summary>
internal sealed class ShellSettings : ProcessJobSettings
{
    [Setting("Script", "脚本", Widget = Widgets.Shell)]
    public required string Script { get; set; }

    [Setting("Interpreter", "解释器", Description = "The program that runs it; by default the one of its #! line, else bash or sh.", DescriptionZh = "执行脚本的程序；默认取脚本首行 #! 指定的程序，否则为 bash 或 sh。")]
    public string? Interpreter { get; set; }

    [Setting("Arguments", "参数")]
    public string? Arguments { get; set; }

    [Setting("Repair line ends", "修正换行符", Description = "Removes carriage returns and a byte order mark.", DescriptionZh = "去除回车符和字节顺序标记。")]
    public bool ScriptNormalize { get; set; }
}
