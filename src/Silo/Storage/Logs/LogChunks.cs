using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>The statements on <c>log_chunk</c> and <c>log_gap</c>.</summary>
internal sealed class LogChunks(PostgreSqlDatabase database)
{
    /// <summary>As in the migration that made the table.</summary>
    private const long ExecutionsPerPartition = 100_000;

    private const int PagesPerStatement = 256;

    // A repeated insert finds the same chunks: a page keeps its position and its bytes until it is stored.
    private const string Insert = """
        INSERT INTO log_chunk (execution_id, node, attempt, position, bytes) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING
        """;

    private const string Trim = """
        WITH gap AS (
            INSERT INTO log_gap (execution_id, node, attempt, head_end, tail_start) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (execution_id, node, attempt) DO UPDATE SET tail_start = excluded.tail_start
        )
        DELETE FROM log_chunk
        WHERE execution_id = $1 AND node = $2 AND attempt = $3 AND position >= $4 AND position < $5
        """;

    private const string Find = """
        SELECT
            (SELECT position + octet_length(bytes) FROM log_chunk
             WHERE execution_id = $1 AND node = $2 AND attempt = $3 ORDER BY position DESC LIMIT 1),
            (SELECT head_end FROM log_gap WHERE execution_id = $1 AND node = $2 AND attempt = $3),
            (SELECT tail_start FROM log_gap WHERE execution_id = $1 AND node = $2 AND attempt = $3)
        """;

    private const string Read = """
        SELECT position, bytes FROM log_chunk
        WHERE execution_id = $1 AND node = $2 AND attempt = $3 AND position < $5 AND position >= coalesce((
            SELECT position FROM log_chunk
            WHERE execution_id = $1 AND node = $2 AND attempt = $3 AND position <= $4 ORDER BY position DESC LIMIT 1), 0)
        ORDER BY position
        """;

    private readonly HashSet<long> partitions = [];

    /// <summary>All of them, in one transaction per 8 MiB. Safe to repeat. Called by one thread at a time.</summary>
    public async Task StoreAsync(IReadOnlyList<LogPage> pages)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var page in pages) await EnsurePartitionAsync(connection, page.Attempt.ExecutionId);
        foreach (var some in pages.Chunk(PagesPerStatement)) await StoreAsync(connection, some);
    }

    /// <summary>What stands of a log; nothing at all when the attempt has written nothing.</summary>
    public Task<KeptLog> FindAsync(AttemptId attempt, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var command = Command(connection, Find, attempt);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            if (await reader.IsDBNullAsync(0, cancellationToken)) return KeptLog.Whole(0);

            var end = reader.GetInt64(0);
            return await reader.IsDBNullAsync(1, cancellationToken)
                ? KeptLog.Whole(end)
                : new KeptLog(reader.GetInt64(1), reader.GetInt64(2), end);
        },
        cancellationToken);

    /// <returns>Bytes filled without a hole.</returns>
    public Task<int> FetchAsync(AttemptId attempt, long position, Memory<byte> target, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, Read, attempt);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position + target.Length });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);

                var filled = 0;
                while (await reader.ReadAsync(cancellationToken))
                    if (!TryCopy(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), position, target.Span, ref filled)) break;
                return filled;
            },
            cancellationToken);

    /// <summary>False when the chunk does not join what is filled already.</summary>
    private static bool TryCopy(long chunk, byte[] bytes, long position, Span<byte> target, ref int filled)
    {
        var skip = position + filled - chunk;
        if (skip < 0 || skip >= bytes.Length) return false;

        var count = (int)Math.Min(bytes.Length - skip, target.Length - filled);
        bytes.AsSpan((int)skip, count).CopyTo(target[filled..]);
        filled += count;
        return true;
    }

    private static NpgsqlCommand Command(DbConnection connection, string sql, AttemptId attempt)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)connection);
        AddKey(command.Parameters, attempt);
        return command;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, LogPage[] pages)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Column.Of(pages.Select(page => page.Attempt.ExecutionId).ToList(), NpgsqlDbType.Bigint),
                Column.Of(pages.Select(page => page.Attempt.Node).ToList(), NpgsqlDbType.Integer),
                Column.Of(pages.Select(page => page.Attempt.Number).ToList(), NpgsqlDbType.Integer),
                Column.Of(pages.Select(page => page.Position).ToList(), NpgsqlDbType.Bigint),
                Column.Of(pages.Select(page => page.Bytes).ToList(), NpgsqlDbType.Bytea),
            },
        });

        foreach (var page in pages)
        {
            if (page.Gap is not { } gap) continue;
            var trim = new NpgsqlBatchCommand(Trim);
            AddKey(trim.Parameters, page.Attempt);
            trim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = gap.HeadEnd });
            trim.Parameters.Add(new NpgsqlParameter<long> { TypedValue = gap.TailStart });
            batch.BatchCommands.Add(trim);
        }

        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Silos that need the same partition at the same time take turns under an advisory lock.</summary>
    private async Task EnsurePartitionAsync(NpgsqlConnection connection, long executionId)
    {
        var number = executionId / ExecutionsPerPartition;
        if (partitions.Contains(number)) return;

        var (from, to) = (number * ExecutionsPerPartition, (number + 1) * ExecutionsPerPartition);
        await using var command = new NpgsqlCommand(
            $"""
            DO $$ BEGIN
                PERFORM pg_advisory_xact_lock('log_chunk'::regclass::oid::bigint);
                CREATE TABLE IF NOT EXISTS log_chunk_{number} PARTITION OF log_chunk FOR VALUES FROM ({from}) TO ({to});
            END $$
            """, connection);
        await command.ExecuteNonQueryAsync();
        partitions.Add(number);
    }

    private static void AddKey(NpgsqlParameterCollection parameters, AttemptId attempt)
    {
        parameters.Add(new NpgsqlParameter<long> { TypedValue = attempt.ExecutionId });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = attempt.Node });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = attempt.Number });
    }
}
