using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>What people order.</content>
internal sealed partial class ExecutionMachine
{
    private ControlResult Cancel(string user)
    {
        if (IsCancelling) return ControlResult.Done;

        var hasBegun = state.StartedAt != NodeSlot.Never;
        CancelEverything(user);
        if (!hasBegun) EndExecution();
        return ControlResult.Done;
    }

    private ControlResult Pause(string user)
    {
        if (IsCancelling) return ControlResult.Cancelling;
        if (!state.IsPaused) Emit(ExecutionEvent.OfExecution(EventKind.ExecutionPaused, now, user));
        return ControlResult.Done;
    }

    private ControlResult Resume(string user)
    {
        if (state.IsPaused) Emit(ExecutionEvent.OfExecution(EventKind.ExecutionResumed, now, user));
        return ControlResult.Done;
    }

    private ControlResult RetryFailed(string user)
    {
        if (IsCancelling) return ControlResult.Cancelling;
        if (state.StartedAt == NodeSlot.Never) return ControlResult.Done;

        Emit(ExecutionEvent.OfExecution(EventKind.ExecutionRetried, now, user));
        for (var node = 0; node < graph.Count; node = ResetIfNeeded(node)) Visits++;
        for (var node = 0; node < graph.Count; node++) PutBackIfParentsRunAgain(node);
        return ControlResult.Done;
    }

    /// <summary>
    /// A node that waits for a slot, a person or its next try waits for its parents again; one that runs or sleeps goes on with what they
    /// gave it.
    /// </summary>
    private void PutBackIfParentsRunAgain(int node)
    {
        Visits++;
        ref readonly var slot = ref state[node];
        if (slot.OpenParents > 0 && slot.State is (NodeState.Ready or NodeState.BackingOff) && !state.IsUnderWay(node)) Reset(node, slot.Attempt);
    }

    /// <summary>What has succeeded stays; what is inside a container that never ran was never touched and stays too.</summary>
    /// <returns>The next node to look at.</returns>
    private int ResetIfNeeded(int node)
    {
        var (before, attempt) = (state[node].State, state[node].Attempt);
        var isContainer = graph[node].Kind == NodeKind.Container;
        if (before is NodeState.Omitted or NodeState.Skipped)
            Reset(node, attempt);
        else if (isContainer && (before == NodeState.Failing || before.IsFailure()))
            Emit(ExecutionEvent.OfNode(EventKind.NodeReset, now, node, attempt));
        else if (before.IsFailure())
            Reset(node, attempt + 1);

        return isContainer && state[node].State != NodeState.Running ? graph.EndOf(node) : node + 1;
    }

    private void Reset(int node, int attempt)
    {
        Emit(ExecutionEvent.OfNode(EventKind.NodeReset, now, node, attempt));
        candidates.Enqueue(node);
    }

    private void CancelEverything(string? user)
    {
        Emit(ExecutionEvent.OfExecution(EventKind.ExecutionCancelling, now, user));
        StopEverything(Omission.Cancel);
    }

    private void TimeOutExecution()
    {
        Emit(ExecutionEvent.OfExecution(EventKind.ExecutionTimingOut, now, DurationText.Of(settings.Timeout)));
        StopEverything(Omission.TimedOut);
    }

    private void StopEverything(Omission reason)
    {
        OmitWaiting(reason);
        for (var node = 0; node < graph.Count; node++)
        {
            Visits++;
            if (graph[node].Kind == NodeKind.Container) continue;
            if (state[node].State is NodeState.Queued or NodeState.Running or NodeState.Ready or NodeState.BackingOff)
                Stop(node, EventKind.NodeCancelling);
            else if (state[node].State == NodeState.TimingOut) EmitNode(EventKind.NodeCancelling, node);
        }
    }

    private void Stop(int node, EventKind why)
    {
        EmitNode(why, node);
        if (graph[node].Kind == NodeKind.Plugin) Command(CommandKind.Stop, node);
    }

    /// <summary>
    /// Nodes that wait, for whatever, will not run. One that has run before and is stopped between two attempts ends as cancelled. One whose
    /// attempt sleeps has begun: a failure elsewhere does not concern it, and what it has left a handle to is still to be ended.
    /// </summary>
    private void OmitWaiting(Omission reason)
    {
        for (var node = 0; node < graph.Count; node++)
        {
            Visits++;
            if (state[node].State is not (NodeState.Ready or NodeState.BackingOff)) continue;
            var isUnderWay = state.IsUnderWay(node);
            if (isUnderWay && (reason == Omission.Failure || state[node].Handle is not null)) continue;
            if (isUnderWay || (reason != Omission.Failure && state[node].Record?.Past.Count > 0)) End(node, NodeStatus.Cancelled);
            else PassOver(ExecutionEvent.NodeOmitted(now, node, reason));
        }
    }
}
