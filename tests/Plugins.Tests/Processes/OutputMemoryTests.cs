using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Export;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

/// <summary>It looks at the memory of the whole process, so nothing else may run.</summary>
[Collection(nameof(MemoryTests))]
public class OutputMemoryTests
{
    private readonly Attempt _attempt = new();

    [Fact]
    public async Task A_gigabyte_passes_through_flat_memory()
    {
        const long Gigabyte = 1L << 30;
        var log = new CountingLog();
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await _attempt.RunAsync(new ProcessStart
        {
            Program = "head",
            Arguments = ["-c", $"{Gigabyte}", "/dev/zero"],
            Directory = "/tmp",
            Marker = _attempt.Marker,
        }, log: log);

        Assert.Equal(Gigabyte + 1, log.Received);
        Assert.InRange(log.LargestHeap, 0, 200L << 20);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Gigabyte / 4);
    }

    private sealed class CountingLog : Contracts.Plugins.NodeLog
    {
        public long Received { get; private set; }

        public long LargestHeap { get; private set; }

        public override ValueTask WriteLineAsync(
            Contracts.Plugins.LogLevel level, string message, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
        {
            Received += output.Length;
            LargestHeap = Math.Max(LargestHeap, GC.GetTotalMemory(forceFullCollection: false));
            return ValueTask.CompletedTask;
        }
    }
}
