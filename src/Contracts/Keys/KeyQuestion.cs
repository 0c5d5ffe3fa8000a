namespace Scheduler.Contracts.Keys;

/// <summary>
/// What a KEY node asks: whether another workflow has done what this one waits for. The words are those of the rules for edges between
/// workflows (semantics C3).
/// </summary>
public sealed record KeyQuestion
{
    /// <summary>Of the workflow that is waited for.</summary>
    public required string ProjectName { get; init; }

    public required string WorkflowId { get; init; }

    /// <summary>The project whose workflow waits.</summary>
    public required string AskingProject { get; init; }

    /// <summary>The execution that waits; it never satisfies itself.</summary>
    public required long AskingExecution { get; init; }

    /// <summary>On whose behalf; must be allowed to read the other project.</summary>
    public required string AskedBy { get; init; }

    /// <summary>The moment for which the asking workflow was scheduled.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    public KeyWindow Window { get; init; }

    /// <summary>For <see cref="KeyWindow.LastDays"/>: how many run dates, the last of which is that of the asking workflow.</summary>
    public int Days { get; init; } = 1;

    /// <summary>For <see cref="KeyWindow.PreviousCycle"/>: the natural cycle of the asking workflow.</summary>
    public KeyCycle Cycle { get; init; } = KeyCycle.Day;

    public KeyPolicy Policy { get; init; }
}

/// <summary>Where to look, by run dates in the engine's time zone.</summary>
public enum KeyWindow
{
    /// <summary>The run date of the asking workflow.</summary>
    SameDay = 0,

    /// <summary>The run date before.</summary>
    PreviousDay = 1,

    /// <summary>Several run dates up to that of the asking workflow.</summary>
    LastDays = 2,

    /// <summary>The 24 hours up to the moment for which the asking workflow was scheduled.</summary>
    Last24Hours = 3,

    /// <summary>The latest before the natural cycle of the asking workflow began.</summary>
    PreviousCycle = 4,
}

/// <summary>Which of those in the window must have succeeded.</summary>
public enum KeyPolicy
{
    All = 0,
    First = 1,
    Last = 2,

    /// <summary>The latest not after the moment for which the asking workflow was scheduled.</summary>
    NearestBefore = 3,

    /// <summary>The earliest not before it.</summary>
    NearestAfter = 4,
}

/// <summary>The calendar unit in which a workflow repeats.</summary>
public enum KeyCycle
{
    Hour = 0,
    Day = 1,

    /// <summary>From Monday on.</summary>
    Week = 2,
    Month = 3,
}
