namespace Scheduler.Contracts.Nodes;

/// <summary>Where a node of an execution stands. Values are stored and on the wire: never renumber.</summary>
public enum NodeStatus
{
    /// <summary>Its turn has not come.</summary>
    Planned = 0,

    /// <summary>Its turn has not come, and it will be passed over.</summary>
    Disabled = 1,

    /// <summary>Its parents are done; it waits for what <see cref="WaitingOn"/> says.</summary>
    Waiting = 2,
    Running = 3,

    /// <summary>Embedded workflows only: something inside has failed for good, other nodes inside still run.</summary>
    Failing = 4,

    /// <summary>It has been told to stop and has not stopped yet.</summary>
    Cancelling = 5,
    Succeeded = 6,

    /// <summary>It failed, and its author said that this counts as success.</summary>
    Tolerated = 7,
    Failed = 8,
    TimedOut = 9,

    /// <summary>It was stopped after it had started.</summary>
    Cancelled = 10,

    /// <summary>It never started: a condition was not met, an earlier node failed, or the execution was cancelled.</summary>
    Omitted = 11,

    /// <summary>It was disabled and has been passed over; counts as success.</summary>
    Skipped = 12,
}

/// <summary>The gate that keeps a <see cref="NodeStatus.Waiting"/> node from running.</summary>
public enum WaitingOn
{
    Nothing = 0,

    /// <summary>A person who has paused the execution.</summary>
    Frozen = 1,
    Parents = 2,

    /// <summary>The back-off before its next attempt, or the next look of an attempt that sleeps; that one has a start.</summary>
    Time = 3,

    /// <summary>A free slot, the limit of parallel nodes, or the execution it is pipelined behind.</summary>
    Slot = 4,
}

/// <summary>Questions a status answers about itself.</summary>
public static class NodeStatusExtensions
{
    /// <summary>True once the node will not change by itself any more.</summary>
    public static bool IsTerminal(this NodeStatus status) => status >= NodeStatus.Succeeded;

    /// <summary>Terminal, and counts as success for the nodes after it.</summary>
    public static bool IsSuccess(this NodeStatus status) =>
        status is NodeStatus.Succeeded or NodeStatus.Tolerated or NodeStatus.Skipped;

    /// <summary>Terminal, and counts as failure for the nodes after it.</summary>
    public static bool IsFailure(this NodeStatus status) =>
        status is NodeStatus.Failed or NodeStatus.TimedOut or NodeStatus.Cancelled or NodeStatus.Omitted;
}
