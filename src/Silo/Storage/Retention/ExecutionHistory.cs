using System.Data.Common;
using Dapper;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>Executions with their journal: rows on the embedded database, partitions of rows on PostgreSQL.</summary>
/// <param name="database">Where they are.</param>
/// <param name="partitions">Partitions of the journal; null when it has none.</param>
internal sealed class ExecutionHistory(IDatabase database, PartitionedTable? partitions) : IHistory
{
    /// <summary>Heads in one transaction when their rows go with a partition.</summary>
    private const int HeadsPerTransaction = 1_000;

    private readonly ExecutionHeads heads = new(database);

    public HistoryKind Kind => HistoryKind.Executions;

    public Task<IReadOnlyList<HistoryRange>> ListRangesAsync(CancellationToken cancellationToken) =>
        partitions?.ListAsync(cancellationToken) ?? Task.FromResult<IReadOnlyList<HistoryRange>>([new(0, long.MaxValue, null)]);

    public Task<IReadOnlyList<KeptExecution>> ReadAsync(HistoryRange range, long after, int limit, CancellationToken cancellationToken) =>
        heads.ReadAsync(range, after, limit, cancellationToken);

    public Task DeleteAsync(IReadOnlyList<long> executions, CancellationToken cancellationToken) => database.WriteAsync(
        async (connection, transaction) =>
        {
            var ids = new { ids = executions.ToArray() };
            await connection.ExecuteAsync($"DELETE FROM execution_event WHERE {IsAmong("execution_id")}", ids, transaction);
            return await DeleteHeadsAsync(connection, transaction, ids);
        },
        cancellationToken);

    /// <summary>
    /// Heads first: what has none is not shown, and a partition without heads is dropped by the next sweep at the latest. An execution
    /// that has come in or come back to life since the range was judged keeps its head, and with it the partition.
    /// </summary>
    public async Task DropAsync(HistoryRange range, CancellationToken cancellationToken)
    {
        for (var deleted = 1; deleted > 0;)
        {
            var page = await heads.ReadAsync(range, -1, HeadsPerTransaction, cancellationToken);
            deleted = await database.WriteAsync(
                (connection, transaction) =>
                    DeleteHeadsAsync(connection, transaction, new { ids = page.Select(head => head.Id).ToArray() }),
                cancellationToken);
        }

        await partitions!.DropAsync(
            range,
            (connection, transaction) => connection.ExecuteScalarAsync<bool>(
                "SELECT EXISTS (SELECT FROM execution WHERE id >= @From AND id < @To)", new { range.From, range.To }, transaction),
            cancellationToken);
    }

    private Task<int> DeleteHeadsAsync(DbConnection connection, DbTransaction transaction, object ids) =>
        connection.ExecuteAsync(
            $"DELETE FROM execution WHERE {IsAmong("id")} AND NOT ({DatabaseJournal.IsActive})", ids, transaction);

    private string IsAmong(string column) => ExecutionHeads.IdIsAmong(database.Kind, column);
}
