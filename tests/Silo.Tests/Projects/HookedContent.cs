using Scheduler.Silo.Storage.Content;

namespace Scheduler.Silo.Tests.Projects;

/// <summary>A content store before which something happens: it counts, fails or lets others go first.</summary>
internal sealed class HookedContent(IContentStore content) : IContentStore
{
    private int puts;
    private int opens;

    /// <summary>Given the number of the put, counted from 1.</summary>
    public Func<int, Task> BeforePut { get; set; } = _ => Task.CompletedTask;

    public int Puts => puts;

    public int Opens => opens;

    public async Task<(string Sha256, long Length)> PutAsync(Stream stream, CancellationToken cancellationToken)
    {
        await BeforePut(Interlocked.Increment(ref puts));
        return await content.PutAsync(stream, cancellationToken);
    }

    public async Task PutManyAsync(
        IReadOnlyCollection<(string Sha256, ReadOnlyMemory<byte> Content)> contents, CancellationToken cancellationToken)
    {
        await BeforePut(Interlocked.Increment(ref puts));
        await content.PutManyAsync(contents, cancellationToken);
    }

    public Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref opens);
        return content.OpenAsync(sha256, cancellationToken);
    }

    public Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken) => content.ExistsAsync(sha256, cancellationToken);
}
