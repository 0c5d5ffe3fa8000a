using Dapper;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// Partitions of the journal, made before the ids that need them are handed out: an append never waits for one. A new one is made
/// when the last but one is reached, once in 100 000 executions. Not thread-safe: ids are fetched by one caller at a time.
/// </summary>
internal sealed class JournalPartitions(IDatabase database)
{
    /// <summary>As in the migration that made the table.</summary>
    public const long ExecutionsPerPartition = 100_000;

    private long firstWithout;

    /// <param name="lastId">The highest id that is about to be handed out.</param>
    public async ValueTask ExtendAsync(long lastId)
    {
        if (lastId + ExecutionsPerPartition < firstWithout) return;

        firstWithout = await database.WriteAsync(
            (connection, transaction) => connection.ExecuteScalarAsync<long>(
                "SELECT extend_execution_event(@lastId)", new { lastId }, transaction),
            CancellationToken.None);
    }
}
