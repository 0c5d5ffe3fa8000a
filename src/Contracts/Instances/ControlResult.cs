namespace Scheduler.Contracts.Instances;

/// <summary>What became of a cancel, pause, resume or retry. <see cref="Done"/> is returned only once the order is stored.</summary>
public enum ControlResult
{
    Done = 0,
    UnknownExecution = 1,

    /// <summary>It has ended.</summary>
    NotActive = 2,

    /// <summary>It is being cancelled, so it cannot be paused or retried.</summary>
    Cancelling = 3,
}
