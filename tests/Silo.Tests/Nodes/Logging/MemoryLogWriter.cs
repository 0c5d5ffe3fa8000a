using System.Text;
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

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inside));
        await Task.Yield();
        _bytes.AddRange(bytes.Span);
        Interlocked.Decrement(ref _inside);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
