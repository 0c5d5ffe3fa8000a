namespace Scheduler.Contracts.Plugins;

/// <summary>How much a line matters.</summary>
public enum LogLevel
{
    Debug = 0,
    Info = 1,
    Warn = 2,
    Error = 3,
}

/// <summary>The log of one attempt. Safe to use from several threads; a line is never torn by another.</summary>
/// <remarks>Writing waits while the store is behind, so a job that floods its log slows down instead of filling the memory.</remarks>
public abstract class NodeLog
{
    /// <summary>One line with time, node and level in front. Line breaks inside become further lines.</summary>
    public abstract ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Raw output of a process: split at line feeds, each line gets the usual front. A line longer than the store's limit is
    /// broken into several. Bytes are kept as they are.
    /// </summary>
    public abstract ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default);
}
