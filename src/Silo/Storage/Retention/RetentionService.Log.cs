using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Storage.Retention;

/// <content>What it says.</content>
internal sealed partial class RetentionService
{
    [LoggerMessage(
        LogLevel.Information,
        "Removed {Kind} of {Executions} executions that ended more than {Days} days ago, {Partitions} partitions at once, in {Milliseconds} ms")]
    private partial void LogRemoved(HistoryKind kind, int executions, int partitions, double days, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "Old history could not be removed; the next sweep goes on")]
    private partial void LogFailed(Exception exception);
}
