using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>Where a node stands, as finely as the engine needs it. Values are stored in snapshots: never renumber.</summary>
internal enum NodeState : byte
{
    Planned = 0,
    Disabled = 1,

    /// <summary>May start; the limit, a pause or its gate holds it.</summary>
    Ready = 2,

    /// <summary>Its last attempt failed, the next one is not due yet. Or its attempt sleeps: then the node has a start.</summary>
    BackingOff = 3,

    /// <summary>An attempt is handed out and has not been seen running.</summary>
    Queued = 4,
    Running = 5,

    /// <summary>Containers only.</summary>
    Failing = 6,

    /// <summary>An attempt is handed out and has been told to stop, or what goes on behind its handle is being ended.</summary>
    Cancelling = 7,
    Succeeded = 8,
    Tolerated = 9,
    Failed = 10,
    TimedOut = 11,
    Cancelled = 12,
    Omitted = 13,
    Skipped = 14,

    /// <summary>An attempt is handed out, has run longer than it may and has been told to stop.</summary>
    TimingOut = 15,
}

/// <summary>Questions a state answers about itself.</summary>
internal static class NodeStateExtensions
{
    public static bool IsTerminal(this NodeState state) => state is >= NodeState.Succeeded and <= NodeState.Skipped;

    /// <summary>Terminal, and counts as failure for the nodes after it.</summary>
    public static bool IsFailure(this NodeState state) => state is >= NodeState.Failed and <= NodeState.Omitted;

    /// <summary>Its turn has not come.</summary>
    public static bool IsUntouched(this NodeState state) => state <= NodeState.Disabled;

    /// <summary>An attempt is out there, and its end will be reported.</summary>
    public static bool IsOutstanding(this NodeState state) =>
        state is NodeState.Queued or NodeState.Running || state.IsStopping();

    /// <summary>An attempt is out there and has been told to stop.</summary>
    public static bool IsStopping(this NodeState state) => state is NodeState.Cancelling or NodeState.TimingOut;

    public static NodeStatus ToStatus(this NodeState state) => state switch
    {
        NodeState.Planned => NodeStatus.Planned,
        NodeState.Disabled => NodeStatus.Disabled,
        NodeState.Ready or NodeState.BackingOff or NodeState.Queued => NodeStatus.Waiting,
        NodeState.Running => NodeStatus.Running,
        NodeState.Failing => NodeStatus.Failing,
        NodeState.Cancelling or NodeState.TimingOut => NodeStatus.Cancelling,
        NodeState.Succeeded => NodeStatus.Succeeded,
        NodeState.Tolerated => NodeStatus.Tolerated,
        NodeState.Failed => NodeStatus.Failed,
        NodeState.TimedOut => NodeStatus.TimedOut,
        NodeState.Cancelled => NodeStatus.Cancelled,
        NodeState.Omitted => NodeStatus.Omitted,
        NodeState.Skipped => NodeStatus.Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state."),
    };

    public static WaitingOn ToWaitingOn(this NodeState state) => state switch
    {
        NodeState.Ready or NodeState.Queued => WaitingOn.Slot,
        NodeState.BackingOff => WaitingOn.Time,
        _ => WaitingOn.Nothing,
    };

    /// <summary>The state of a node that has ended like this.</summary>
    public static NodeState ToState(this NodeStatus ending) => ending switch
    {
        NodeStatus.Succeeded => NodeState.Succeeded,
        NodeStatus.Tolerated => NodeState.Tolerated,
        NodeStatus.Failed => NodeState.Failed,
        NodeStatus.TimedOut => NodeState.TimedOut,
        NodeStatus.Cancelled => NodeState.Cancelled,
        NodeStatus.Omitted => NodeState.Omitted,
        NodeStatus.Skipped => NodeState.Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "Not an ending."),
    };
}
