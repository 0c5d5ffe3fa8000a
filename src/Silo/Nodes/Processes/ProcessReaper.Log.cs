using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Nodes.Processes;

internal sealed partial class ProcessReaper
{
    [LoggerMessage(LogLevel.Warning, "The reaper process {Pid} has ended although the silo lives; another is started")]
    private partial void LogLost(int pid);

    [LoggerMessage(LogLevel.Error, "There is no reaper process, so jobs would survive a crash of this silo: {Reason}")]
    private partial void LogRefused(string reason);
}
