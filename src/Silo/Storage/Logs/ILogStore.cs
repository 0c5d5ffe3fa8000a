using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Timeline;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Logs of attempts: append-only bytes addressed by offset, readable while they grow. Head and tail are kept when a log passes
/// its cap, with a marker between them that says how many bytes are missing.
/// </summary>
/// <remarks>
/// Offsets count what a reader sees, from 0 and without holes: head, marker, tail. A byte of the head never changes. Behind the head
/// offsets are settled when the attempt has ended; until then marker and tail move as the log grows (see <see cref="KeptLog"/>).
/// </remarks>
internal interface ILogStore
{
    /// <summary>
    /// Opens the log of an attempt for writing. There is one writer per attempt; a second one, after a crash, goes on behind what
    /// is stored.
    /// </summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isFirst">True: nobody has written before, so nothing stored is looked for.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    ValueTask<ILogWriter> OpenWriterAsync(AttemptId attempt, bool isFirst, CancellationToken cancellationToken);

    /// <summary>Any range, clamped to what is there; empty when the attempt has no log.</summary>
    Task<LogSlice> ReadAsync(AttemptId attempt, long offset, int length, CancellationToken cancellationToken);
}

/// <summary>The end of a log that still grows. Not thread-safe.</summary>
internal interface ILogWriter : IAsyncDisposable
{
    /// <summary>Takes a copy of the bytes. Waits while too much is not yet stored, so memory stays flat.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Completes when everything written so far is stored and readable from any silo.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
