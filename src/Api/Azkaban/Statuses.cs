using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban;

/// <summary>Azkaban's names for statuses; they exist nowhere else.</summary>
internal static class Statuses
{
    public static string NameOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Waiting => "PREPARING",
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Paused => "PAUSED",
        ExecutionStatus.Failing => "FAILED_FINISHING",
        ExecutionStatus.Cancelling => "KILLING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed or ExecutionStatus.TimedOut => "FAILED",
        ExecutionStatus.Cancelled => "KILLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No name is known for this status."),
    };

    /// <summary>A node that waits for a slot is queued; while it waits for anything else its turn has not come.</summary>
    public static string NameOf(NodeStatus status, WaitingOn waitingOn) => status switch
    {
        NodeStatus.Planned => "READY",
        NodeStatus.Disabled => "DISABLED",
        NodeStatus.Waiting => waitingOn == WaitingOn.Slot ? "QUEUED" : "READY",
        NodeStatus.Running => "RUNNING",
        NodeStatus.Failing => "FAILED_FINISHING",
        NodeStatus.Cancelling => "KILLING",
        NodeStatus.Succeeded => "SUCCEEDED",
        NodeStatus.Tolerated => "FAILED_SUCCEEDED",
        NodeStatus.Failed or NodeStatus.TimedOut => "FAILED",
        NodeStatus.Cancelled => "KILLED",
        NodeStatus.Omitted => "CANCELLED",
        NodeStatus.Skipped => "SKIPPED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No name is known for this status."),
    };
}
