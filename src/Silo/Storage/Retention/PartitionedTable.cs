using System.Data.Common;
using Dapper;
using Npgsql;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>The partitions of a table that is partitioned by ranges of execution ids.</summary>
internal sealed class PartitionedTable(PostgreSqlDatabase database, string table)
{
    private const string List = """
        SELECT bounds[1]::bigint AS "From", bounds[2]::bigint AS "To", name AS "Partition"
        FROM (
            SELECT c.relname AS name,
                regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''(\d+)''\) TO \(''(\d+)''\)') AS bounds
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = @table::regclass) partitions
        ORDER BY 1
        """;

    public Task<IReadOnlyList<HistoryRange>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HistoryRange>>(
            async connection => (await connection.QueryAsync<HistoryRange>(List, new { table })).AsList(), cancellationToken);

    /// <summary>
    /// Appends to the table stand still while a partition goes, a few milliseconds; who waits for somebody else's lock gives up, so
    /// that they do not stand behind it.
    /// </summary>
    /// <param name="range">Whose partition goes.</param>
    /// <param name="isNeededAsync">Asked while nobody can append; true keeps the partition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task DropAsync(
        HistoryRange range, Func<DbConnection, DbTransaction, Task<bool>> isNeededAsync, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async (connection, transaction) =>
                {
                    await connection.ExecuteAsync(
                        $"SET LOCAL lock_timeout = '200ms'; LOCK TABLE ONLY {table} IN ACCESS EXCLUSIVE MODE", transaction: transaction);
                    return await isNeededAsync(connection, transaction)
                        ? 0
                        : await connection.ExecuteAsync($"DROP TABLE IF EXISTS {range.Partition}", transaction: transaction);
                },
                cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads it, a backup perhaps. It holds nothing that is shown, and the next sweep finds it again.
        }
    }
}
