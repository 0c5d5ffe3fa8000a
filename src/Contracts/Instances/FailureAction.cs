namespace Scheduler.Contracts.Instances;

/// <summary>What happens to the rest of a workflow once a node has failed for good.</summary>
public enum FailureAction
{
    /// <summary>Running nodes end, nothing new starts, the execution fails.</summary>
    FinishRunning = 0,

    /// <summary>Everything whose own parents allow it still runs, then the execution fails.</summary>
    FinishPossible = 1,

    /// <summary>Running nodes are cancelled and the execution ends as cancelled.</summary>
    CancelAll = 2,
}
