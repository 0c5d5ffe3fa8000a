using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Command;

/// <summary>Settings of <see cref="CommandPlugin"/>; further commands are the properties <c>command.1</c>, <c>command.2</c> and so on.</summary>
internal sealed class CommandSettings : ProcessJobSettings
{
    [Setting("Command", "命令", Description = "A command line, run without a shell. Further ones are command.1, command.2 and so on.", DescriptionZh = "不经 shell 直接执行的命令行。后续命令写在 command.1、command.2 等属性中。")]
    public string? Command { get; set; }
}
