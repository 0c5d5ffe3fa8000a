using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Storage.Journal;

internal sealed partial class PostgreSqlJournalWriter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} journal rows are waiting for PostgreSQL: {Reason}")]
    private partial void LogInterrupted(int count, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "A row among {Count} stands already; comparing epochs")]
    private partial void LogCollision(int count);
}
