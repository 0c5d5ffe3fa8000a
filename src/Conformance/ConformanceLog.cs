using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>Keeps what an attempt writes. It masks nothing, so that a secret in it is seen.</summary>
public class ConformanceLog : NodeLog
{
    private readonly List<byte> _output = [];
    private readonly List<string> _lines = [];

    /// <summary>Raw output of processes.</summary>
    public byte[] Output
    {
        get { lock (_output) return [.. _output]; }
    }

    /// <summary>The same as text.</summary>
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

    public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
    {
        lock (_output) _output.AddRange(output.Span);
        return ValueTask.CompletedTask;
    }
}
