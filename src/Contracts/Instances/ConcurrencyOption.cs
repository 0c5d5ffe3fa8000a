namespace Scheduler.Contracts.Instances;

/// <summary>What to do when the workflow is already running at submission.</summary>
public enum ConcurrencyOption
{
    /// <summary>Refuse the new execution.</summary>
    Skip = 0,

    /// <summary>Run beside the others.</summary>
    Concurrent = 1,

    /// <summary>Run behind the latest other one, node by node, at a distance given by the pipeline level.</summary>
    Pipeline = 2,
}
