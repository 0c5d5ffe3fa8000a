using Dapper;
using Microsoft.Extensions.Logging;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>The journal of a cluster. One per silo: it owns the silo's group commit.</summary>
internal sealed class PostgreSqlJournal(
    PostgreSqlDatabase database, DatabaseOptions options, TimeProvider clock, ILogger<PostgreSqlJournal> logger)
    : DatabaseJournal(database, spareIds: 1, TimeSpan.FromSeconds(1), clock)
{
    private readonly PostgreSqlDatabase database = database;
    private readonly JournalPartitions partitions = new(database);
    private readonly PostgreSqlJournalWriter writer = new(database.Source, options, clock, logger);

    public override ValueTask AppendAsync(JournalAppend append, CancellationToken cancellationToken) =>
        writer.AppendAsync(append, cancellationToken);

    public override ValueTask DisposeAsync() => writer.DisposeAsync();

    protected override async Task<IReadOnlyList<long>> FetchIdsAsync(int count)
    {
        var ids = await database.ReadAsync(
            async connection => (await connection.QueryAsync<long>(
                "SELECT nextval('execution_id') FROM generate_series(1, @count)", new { count })).AsList(),
            CancellationToken.None);
        await partitions.ExtendAsync(ids[^1]);
        return ids;
    }
}
