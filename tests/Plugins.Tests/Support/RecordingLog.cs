using Scheduler.Conformance;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>Output can be held back to play a store that is behind, or refused to play a broken one.</summary>
internal sealed class RecordingLog : ConformanceLog
{
    /// <summary>Output waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Bytes of output that are kept, from the first; the rest is counted only.</summary>
    public int Capacity { get; set; } = int.MaxValue;

    public Exception? Refusal { get; set; }

    public long Received { get; private set; }

    public override async ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
    {
        if (Refusal is not null) throw Refusal;

        await Gate;
        await base.WriteOutputAsync(output[..(int)Math.Clamp(Capacity - Received, 0, output.Length)], cancellationToken);
        Received += output.Length;
    }
}
