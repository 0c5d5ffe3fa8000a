using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Nodes.Processes;

internal sealed partial class OrphanSweep
{
    [LoggerMessage(LogLevel.Warning, "{Count} processes of silos that are gone still run on this host; they are killed")]
    private partial void LogFound(int count);
}
