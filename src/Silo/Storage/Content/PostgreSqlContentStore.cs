using System.Security.Cryptography;
using Npgsql;
using Scheduler.Contracts;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Content;

/// <summary>Contents of a cluster, in chunks of 1 MiB: memory stays flat whatever their size, in both directions.</summary>
internal sealed class PostgreSqlContentStore(PostgreSqlDatabase database) : IContentStore
{
    private const int BytesPerStatement = 8 * ContentChunks.ChunkLength;

    private readonly ContentChunks chunks = new(database);

    /// <inheritdoc/>
    /// <remarks>A stream longer than a chunk cannot be read twice, so a connection lost on the way fails the call.</remarks>
    public async Task<(string Sha256, long Length)> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[ContentChunks.ChunkLength];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length == buffer.Length) return await PutLargeAsync(buffer, content, cancellationToken);

        var sha256 = ContentAddress.Of(buffer.AsSpan(0, length));
        await chunks.InsertManyAsync([Convert.FromHexString(sha256)], [buffer.AsMemory(0, length)], cancellationToken);
        return (sha256, length);
    }

    public async Task PutManyAsync(
        IReadOnlyCollection<(string Sha256, ReadOnlyMemory<byte> Content)> contents, CancellationToken cancellationToken)
    {
        foreach (var (sha256, content) in contents) ContentAddress.Verify(sha256, content.Span);

        var (addresses, small, bytes) = (new List<byte[]>(), new List<ReadOnlyMemory<byte>>(), 0L);
        foreach (var (sha256, content) in contents)
        {
            if (content.Length > ContentChunks.ChunkLength)
            {
                await PutAsync(new MemoryStream(content.AsArray(), writable: false), cancellationToken);
                continue;
            }

            addresses.Add(Convert.FromHexString(sha256));
            small.Add(content);
            bytes += content.Length;
            if (bytes < BytesPerStatement) continue;

            await chunks.InsertManyAsync(addresses, small, cancellationToken);
            (addresses, small, bytes) = ([], [], 0);
        }

        if (small.Count > 0) await chunks.InsertManyAsync(addresses, small, cancellationToken);
    }

    public async Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) =>
        await FindAsync(sha256, cancellationToken) is var (id, length)
            ? new ChunkedStream(chunks, id, length)
            : throw ContentAddress.NotFound(sha256);

    public async Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken) =>
        await FindAsync(sha256, cancellationToken) is not null;

    private async Task<(long Id, long Length)?> FindAsync(string sha256, CancellationToken cancellationToken) =>
        ContentAddress.IsValid(sha256) ? await chunks.FindAsync(Convert.FromHexString(sha256), cancellationToken) : null;

    /// <summary>One transaction: unfinished chunks are never seen, and go when the connection does.</summary>
    private async Task<(string Sha256, long Length)> PutLargeAsync(byte[] buffer, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var id = await ContentChunks.NextIdAsync(connection, cancellationToken);
            var (total, number, read) = (0L, 0, buffer.Length);

            while (read > 0)
            {
                hash.AppendData(buffer, 0, read);
                await ContentChunks.InsertChunkAsync(connection, id, number++, buffer.AsMemory(0, read), cancellationToken);
                total += read;
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            }

            var address = hash.GetHashAndReset();
            if (await ContentChunks.TryNameAsync(connection, id, address, total, cancellationToken))
                await transaction.CommitAsync(cancellationToken);
            return (Convert.ToHexStringLower(address), total);
        }
        catch (NpgsqlException exception) when (PostgreSqlErrors.IsUnavailable(exception))
        {
            throw new StorageUnavailableException("The content could not be stored", exception);
        }
    }
}
