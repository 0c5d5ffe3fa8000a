using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>
/// What all node types have in common that run a process. They read the texts themselves, by Azkaban's rules; this says what there is.
/// Nothing is required and hardly anything is refused, because Azkaban accepts such packages and lets the job fail.
/// </summary>
public abstract class ProcessJobSettings
{
    [Setting("Working directory", "工作目录", Description = "Where it runs; relative to the directory of the node, and inside it.", DescriptionZh = "运行目录，相对于节点所在目录，且必须位于其中。")]
    public string? WorkingDir { get; set; }

    [Setting("Environment", "环境变量", Description = "env.NAME becomes the variable NAME. May hold references to secrets.", DescriptionZh = "env.NAME 成为变量 NAME，可以引用密钥。")]
    public Dictionary<string, string>? Env { get; set; }

    [Setting("Grace when stopped (ms)", "停止宽限期（毫秒）", Key = "kill.grace.ms", Description = "Between SIGTERM and SIGKILL.", DescriptionZh = "SIGTERM 与 SIGKILL 之间的等待时间。")]
    [Range(0, 86_400_000)]
    public int? KillGrace { get; set; }

    [Setting("Properties in the log", "在日志中输出属性", Description = "The word true writes all properties into the log before the start.", DescriptionZh = "填写 true 时，启动前将全部属性写入日志。")]
    public string? JobDumpProperties { get; set; }
}
