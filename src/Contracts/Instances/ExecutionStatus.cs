namespace Scheduler.Contracts.Instances;

/// <summary>Where an execution stands. Values are stored and on the wire: never renumber.</summary>
public enum ExecutionStatus
{
    /// <summary>Accepted and stored, nothing has started.</summary>
    Waiting = 0,
    Running = 1,

    /// <summary>A person has paused it: running nodes go on, nothing new starts.</summary>
    Paused = 2,

    /// <summary>A node has failed for good and others are still running; it will end as failed.</summary>
    Failing = 3,

    /// <summary>Running nodes are being stopped; it will end as cancelled.</summary>
    Cancelling = 4,
    Succeeded = 5,
    Failed = 6,
    TimedOut = 7,
    Cancelled = 8,
}

/// <summary>Questions a status answers about itself.</summary>
public static class ExecutionStatusExtensions
{
    /// <summary>True once nothing can change any more.</summary>
    public static bool IsTerminal(this ExecutionStatus status) => status >= ExecutionStatus.Succeeded;
}
