namespace Scheduler.Silo.Storage.Content;

/// <summary>Immutable bytes addressed by their SHA-256. Storing the same bytes twice stores them once.</summary>
internal interface IContentStore
{
    /// <summary>Stores the stream from its position to its end; completes when the bytes are durable.</summary>
    /// <returns>Lower-case hex of the SHA-256, and the number of bytes.</returns>
    Task<(string Sha256, long Length)> PutAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Stores many small contents with few round trips.</summary>
    Task PutManyAsync(IReadOnlyCollection<(string Sha256, ReadOnlyMemory<byte> Content)> contents, CancellationToken cancellationToken);

    /// <exception cref="KeyNotFoundException">Nothing with this address is stored.</exception>
    Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken);

    Task<bool> ExistsAsync(string sha256, CancellationToken cancellationToken);
}
