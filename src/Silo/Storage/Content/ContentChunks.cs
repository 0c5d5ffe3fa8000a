using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Content;

/// <summary>The statements on <c>content</c> and <c>content_chunk</c>.</summary>
internal sealed class ContentChunks(PostgreSqlDatabase database)
{
    public const int ChunkLength = 1024 * 1024;

    private const string InsertMany = """
        WITH given AS (
            SELECT DISTINCT ON (sha256) sha256, bytes FROM unnest($1, $2) AS g(sha256, bytes)
        ), created AS (
            INSERT INTO content (sha256, length) SELECT sha256, octet_length(bytes) FROM given ORDER BY sha256
            ON CONFLICT DO NOTHING
            RETURNING id, sha256
        )
        INSERT INTO content_chunk (content_id, number, bytes)
        SELECT created.id, 0, given.bytes FROM created JOIN given USING (sha256)
        """;

    /// <summary>Contents of one chunk each, in one statement.</summary>
    public Task InsertManyAsync(List<byte[]> addresses, List<ReadOnlyMemory<byte>> contents, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, _) =>
            {
                await using var command = Command(connection, InsertMany);
                command.Parameters.Add(Column.Of(addresses, NpgsqlDbType.Bytea));
                command.Parameters.Add(Column.Of(contents, NpgsqlDbType.Bytea));
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>An id for chunks whose address is not known yet.</summary>
    public static async Task<long> NextIdAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "SELECT nextval('content_id')");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task InsertChunkAsync(
        NpgsqlConnection connection, long id, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "INSERT INTO content_chunk (content_id, number, bytes) VALUES ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives chunks their address.</summary>
    /// <returns>False when the same content is stored already; the chunks are then not needed.</returns>
    public static async Task<bool> TryNameAsync(
        NpgsqlConnection connection, long id, byte[] address, long length, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, "INSERT INTO content (sha256, id, length) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = address });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = length });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Null when nothing has this address.</summary>
    public Task<(long Id, long Length)?> FindAsync(byte[] address, CancellationToken cancellationToken) =>
        database.ReadAsync<(long, long)?>(
            async connection =>
            {
                await using var command = Command(connection, "SELECT id, length FROM content WHERE sha256 = $1");
                command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = address });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
            },
            cancellationToken);

    public Task<byte[]> ReadChunkAsync(long id, int number, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var command = ReadChunkCommand(connection, id, number);
            return (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
        },
        cancellationToken);

    /// <summary>For readers that cannot wait asynchronously; blocking on the other one could wait for the caller's own scheduler.</summary>
    public byte[] ReadChunk(long id, int number)
    {
        using var connection = database.Source.OpenConnection();
        using var command = ReadChunkCommand(connection, id, number);
        return (byte[])command.ExecuteScalar()!;
    }

    private static NpgsqlCommand ReadChunkCommand(DbConnection connection, long id, int number)
    {
        var command = Command(connection, "SELECT bytes FROM content_chunk WHERE content_id = $1 AND number = $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        return command;
    }

    private static NpgsqlCommand Command(DbConnection connection, string sql) => new(sql, (NpgsqlConnection)connection);
}
