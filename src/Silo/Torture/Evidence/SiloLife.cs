namespace Scheduler.Silo.Torture.Evidence;

/// <summary>Why a process of a silo ended.</summary>
internal enum LifeEnd
{
    /// <summary>Nobody told it to.</summary>
    ByItself = 0,

    /// <summary><c>kill -9</c>.</summary>
    Killed = 1,

    /// <summary>SIGTERM, by a fault or at the end of the run.</summary>
    Terminated = 2,

    /// <summary>It was told by SIGTERM, did not end within its time, and was killed.</summary>
    TerminatedInVain = 3,
}

/// <summary>One process of a silo, from its start to its end.</summary>
internal sealed record SiloLife
{
    /// <summary>Counted from 0.</summary>
    public required int Silo { get; init; }

    public required int Pid { get; init; }

    /// <summary>Start of the process in clock ticks since boot: tells it apart from a later one with the same number.</summary>
    public required long Ticks { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>128 and the signal for one that a signal has ended.</summary>
    public required int ExitCode { get; init; }

    public required LifeEnd End { get; init; }

    /// <summary>False when it ended before it could do any work.</summary>
    public required bool WasReady { get; init; }

    /// <summary>When it was frozen, ascending.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>What it has printed.</summary>
    public required string LogFile { get; init; }

    /// <summary>Lines of its log that tell of an exception nobody has caught.</summary>
    public IReadOnlyList<string> Cries { get; init; } = [];

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> LastWords { get; init; } = [];

    public override string ToString() => $"silo {Silo + 1} (process {Pid}, {LogFile})";
}

/// <summary>A time in which a process was frozen.</summary>
internal sealed record Freeze(DateTimeOffset From, DateTimeOffset To);
