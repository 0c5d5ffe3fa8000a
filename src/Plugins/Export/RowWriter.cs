using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export;

/// <summary>
/// Rows into one file. Rows are appended to a buffer without waiting; whoever appends asks after each row whether to drain it.
/// Memory is bounded by the buffer and the longest row.
/// </summary>
internal abstract class RowWriter : IAsyncDisposable
{
    public abstract void Append(ReadOnlySpan<Cell> row);

    /// <summary>Time to call <see cref="DrainAsync"/>.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Bytes that wait to be drained, roughly.</summary>
    public abstract long Buffered { get; }

    public abstract Task DrainAsync(CancellationToken cancellationToken);

    /// <summary>Drains, and writes what the format has at its end. Without this call the file is broken.</summary>
    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Leaves the stream to its owner.</summary>
    public abstract ValueTask DisposeAsync();
}
