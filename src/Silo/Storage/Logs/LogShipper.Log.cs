using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Storage.Logs;

internal sealed partial class LogShipper
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pages of logs are waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} pages of logs were refused and are lost")]
    private partial void LogLost(int count, Exception exception);
}
