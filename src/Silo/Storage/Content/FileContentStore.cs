using System.Security.Cryptography;

namespace Scheduler.Silo.Storage.Content;

/// <summary>
/// Contents of an embedded server: <c>content/ab/abcd…</c>, one file each. A file gets its name only once its bytes have been flushed
/// to disk, so whatever has a name is whole.
/// </summary>
/// <remarks>
/// The name itself is on disk with the next commit of the file system's journal, at the latest with the commit of the database row
/// that refers to it.
/// </remarks>
internal sealed class FileContentStore : IContentStore
{
    private const int BufferLength = 128 * 1024;

    // Flushes of several files share a commit of the file system's journal.
    private static readonly ParallelOptions ManyAtOnce = new() { MaxDegreeOfParallelism = 8 };

    private readonly string folder;
    private readonly string unfinished;

    /// <param name="dataDirectory">Belongs to this process alone: files that another one left unfinished are removed.</param>
    public FileContentStore(string dataDirectory)
    {
        folder = Path.Combine(dataDirectory, "content");
        unfinished = Path.Combine(folder, "unfinished");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
    }

    public async Task<(string Sha256, long Length)> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        var temporary = NewTemporary();
        try
        {
            var (sha256, length) = await WriteAsync(temporary, content, cancellationToken);
            Publish(temporary, sha256);
            return (sha256, length);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task PutManyAsync(
        IReadOnlyCollection<(string Sha256, ReadOnlyMemory<byte> Content)> contents, CancellationToken cancellationToken)
    {
        foreach (var (sha256, content) in contents) ContentAddress.Verify(sha256, content.Span);

        await Parallel.ForEachAsync(contents, ManyAtOnce, (each, _) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!File.Exists(PathOf(each.Sha256))) Put(each.Sha256, each.Content);
            return ValueTask.CompletedTask;
        });
    }

    public Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) =>
        ContentAddress.IsValid(sha256) && File.Exists(PathOf(sha256))
            ? Task.FromResult<Stream>(new FileStream(
                PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.SequentialScan))
            : Task.FromException<Stream>(ContentAddress.NotFound(sha256));

    public Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken) =>
        Task.FromResult(ContentAddress.IsValid(sha256) && File.Exists(PathOf(sha256)));

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);

    private string NewTemporary() => Path.Combine(unfinished, Guid.NewGuid().ToString("N"));

    private void Put(string sha256, ReadOnlyMemory<byte> content)
    {
        var temporary = NewTemporary();
        using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, content.Span, 0);
            RandomAccess.FlushToDisk(file);
        }

        Publish(temporary, sha256);
    }

    private static async Task<(string Sha256, long Length)> WriteAsync(
        string path, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[BufferLength];
        var length = 0L;

        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            RandomAccess.Write(file, buffer.AsSpan(0, read), length);
            length += read;
        }

        RandomAccess.FlushToDisk(file);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    private void Publish(string temporary, string sha256)
    {
        var path = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
    }
}
