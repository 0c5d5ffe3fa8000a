using System.Text;
using Scheduler.Contracts;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Tests.Nodes.Logging;

/// <summary>Keeps what is written; fails when two writers are inside at once, which the seam forbids.</summary>
internal sealed class MemoryLogWriter : ILogWriter
{
    private readonly List<byte> _bytes = [];
    private int _inside;

    public byte[] Bytes => [.. _bytes];

    public string Text => Encoding.UTF8.GetString(Bytes);

    public int Flushes { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>True: every call finds no store, and takes nothing.</summary>
    public bool IsAway { get; set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (IsAway) throw new StorageUnavailableException("away");
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        await Task.Yield();
        _bytes.AddRange(bytes.Span);
        Interlocked.Decrement(ref _inside);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (IsAway) throw new StorageUnavailableException("away");
        Flushes++;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
