using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>Logs of a cluster: chunks in PostgreSQL, readable from any silo. One per silo: it owns the silo's shipper.</summary>
internal sealed class PostgreSqlLogStore : ILogStore, IAsyncDisposable
{
    private readonly LogChunks chunks;
    private readonly LogShipper shipper;
    private readonly LogCap cap;

    public PostgreSqlLogStore(
        PostgreSqlDatabase database, DatabaseOptions options, LogOptions logs, TimeProvider clock, ILogger<PostgreSqlLogStore> logger)
    {
        chunks = new LogChunks(database);
        shipper = new LogShipper(chunks, logs, options.Patience, clock, logger);
        cap = new LogCap(logs.MaxBytesPerAttempt);
    }

    public ValueTask<ILogWriter> OpenWriterAsync(AttemptId attempt, bool isFirst, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILogWriter>(new PostgreSqlLogWriter(attempt, isFirst, shipper, chunks, cap));

    public async Task<LogSlice> ReadAsync(AttemptId attempt, long offset, int length, CancellationToken cancellationToken)
    {
        var log = await chunks.FindAsync(attempt, cancellationToken);
        return await log.ReadAsync(offset, length, async (position, target) =>
            await chunks.FetchAsync(attempt, position, target, cancellationToken));
    }

    public ValueTask DisposeAsync() => shipper.DisposeAsync();
}
