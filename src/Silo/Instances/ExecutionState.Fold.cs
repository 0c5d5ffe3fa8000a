using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <content>The only way in which state changes.</content>
internal sealed partial class ExecutionState
{
    public void Fold(in ExecutionEvent happened)
    {
        UpdatedAt = happened.At;
        switch (happened.Kind)
        {
            case EventKind.ExecutionStarted:
                running = ExecutionStatus.Running;
                StartedAt = happened.At;
                break;
            case EventKind.ExecutionPaused:
                IsPaused = true;
                break;
            case EventKind.ExecutionResumed:
                IsPaused = false;
                break;
            case EventKind.ExecutionFailing:
                running = ExecutionStatus.Failing;
                break;
            case EventKind.ExecutionRetried:
                running = ExecutionStatus.Running;
                break;
            case EventKind.ExecutionCancelling:
                running = ExecutionStatus.Cancelling;
                IsPaused = false;
                break;
            case EventKind.ExecutionTimingOut:
                running = ExecutionStatus.Cancelling;
                (IsPaused, IsTimingOut) = (false, true);
                NeedSnapshot(VersionWithTimeouts);
                break;
            case EventKind.ExecutionEnded:
                running = happened.Outcome;
                EndedAt = happened.At;
                break;
            case EventKind.ExecutionAdopted:
                break;
            default:
                if (happened.Node >= Graph.Count) throw new ExecutionFormatException($"The graph has no node {happened.Node}.");
                FoldNode(happened, ref Slot(happened.Node));
                break;
        }
    }

    private void FoldNode(in ExecutionEvent happened, ref NodeSlot slot)
    {
        slot.UpdatedAt = happened.At;
        LeaveLine(happened.Node, ref slot);
        switch (happened.Kind)
        {
            case EventKind.NodeWaiting:
                Move(happened.Node, ref slot, NodeState.Ready);
                break;
            case EventKind.NodeQueued:
                Move(happened.Node, ref slot, NodeState.Queued);
                break;
            case EventKind.NodeStarted:
                if (slot.StartedAt == NodeSlot.Never) slot.StartedAt = happened.At;
                else if (slot.Record is { } slept) slept.Text = null;
                Move(happened.Node, ref slot, NodeState.Running);
                break;
            case EventKind.NodeCancelling:
                Move(happened.Node, ref slot, NodeState.Cancelling);
                break;
            case EventKind.NodeTimingOut:
                NeedSnapshot(VersionWithTimeouts);
                Move(happened.Node, ref slot, NodeState.TimingOut);
                break;
            case EventKind.NodeFailing:
                Move(happened.Node, ref slot, NodeState.Failing);
                break;
            case EventKind.NodeEnded:
                FoldEnd(happened, ref slot);
                break;
            case EventKind.NodeOmitted or EventKind.NodeSkipped:
                slot.Omission = happened.Omission;
                Close(happened, ref slot, happened.Kind == EventKind.NodeSkipped ? NodeState.Skipped : NodeState.Omitted);
                break;
            case EventKind.NodeRetrying or EventKind.NodeLost or EventKind.NodeInterrupted or EventKind.NodeTimedOut:
                FoldNextAttempt(happened, ref slot);
                break;
            case EventKind.NodeSleeping:
                FoldSleep(happened, ref slot);
                break;
            case EventKind.NodeHandleSaved:
                NeedSnapshot(VersionWithCalls);
                (slot.Record ??= new NodeRecord()).Handle = happened.Text;
                break;
            case EventKind.NodeReset:
                FoldReset(happened, ref slot);
                break;
            default:
                throw new ExecutionFormatException($"There is no event of kind {happened.Kind}.");
        }
    }
}
