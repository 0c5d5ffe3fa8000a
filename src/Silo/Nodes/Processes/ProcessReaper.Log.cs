using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Nodes.Processes;

internal sealed partial class ProcessReaper
{
    [LoggerMessage(LogLevel.Warning, "The reaper process {Pid} has ended although the silo lives; another is started")]
    private partial void LogLost(int pid);

    [LoggerMessage(LogLevel.Warning, "This silo gave no sign of life for too long, so its jobs have been killed; they run again")]
    private partial void LogStruck();

    [LoggerMessage(LogLevel.Error, "There is no reaper process, so no job is started: {Reason}")]
    private partial void LogRefused(string reason);
}
