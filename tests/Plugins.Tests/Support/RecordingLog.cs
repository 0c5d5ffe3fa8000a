using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>Keeps what it is given. Output can be held back to play a store that is behind, or refused to play a broken one.</summary>
internal sealed class RecordingLog : NodeLog
{
    private readonly List<byte> _output = [];
    private readonly List<string> _lines = [];

    /// <summary>Output waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Bytes of output that are kept, from the first; the rest is counted only.</summary>
    public int Capacity { get; set; } = int.MaxValue;

    public Exception? Refusal { get; set; }

    public long Received { get; private set; }

    public byte[] Output
    {
        get { lock (_output) return [.. _output]; }
    }

    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Each with its level in front: <c>Info: message</c>.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default)
    {
        lock (_lines) _lines.Add($"{level}: {message}");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
    {
        if (Refusal is not null) throw Refusal;

        await Gate;
        lock (_output) _output.AddRange(output.Span[..Math.Min(output.Length, Capacity - _output.Count)]);
        Received += output.Length;
    }
}
