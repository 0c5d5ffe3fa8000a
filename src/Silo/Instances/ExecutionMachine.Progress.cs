using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>From the end of a node to the start of the next.</content>
internal sealed partial class ExecutionMachine
{
    /// <summary>
    /// Nodes and edges looked at so far: a measure of effort that does not depend on the speed of the computer.
    /// </summary>
    public long Visits { get; private set; }

    private bool StartsNothingNew =>
        state.StatusBehindPause == ExecutionStatus.Failing && failureAction == FailureAction.FinishRunning;

    private bool IsCancelling => state.StatusBehindPause == ExecutionStatus.Cancelling;

    private void Start()
    {
        if (state.StatusBehindPause != ExecutionStatus.Waiting) return;

        Emit(ExecutionEvent.OfExecution(EventKind.ExecutionStarted, now));
        foreach (var node in graph.Starts(ExecutionGraph.Root)) candidates.Enqueue(node);
    }

    /// <summary>Draws every conclusion from what has been recorded, until only the outside world can bring news.</summary>
    private void Advance()
    {
        do
        {
            while (true)
                if (ended.TryDequeue(out var node)) FollowUp(node);
                else if (candidates.TryDequeue(out node)) Consider(node);
                else break;
        }
        while (BeginWaiting());

        // A paused execution stays open, so that its failed nodes can still be retried.
        if (state[ExecutionGraph.Root].OpenMembers == 0 && !state.IsPaused && state.StartedAt != NodeSlot.Never) EndExecution();
    }

    private void FollowUp(int node)
    {
        foreach (var child in graph.Children(node))
        {
            Visits++;
            if (state.IsCandidate(child)) candidates.Enqueue(child);
        }

        EndContainerIfDone(graph[node].Container);
    }

    /// <summary>All parents of the node have ended: it runs, or it is passed over.</summary>
    private void Consider(int node)
    {
        Visits++;
        if (!state.IsCandidate(node)) return;

        if (state[node].State == NodeState.Disabled) PassOver(ExecutionEvent.OfNode(EventKind.NodeSkipped, now, node, state[node].Attempt));
        else if (ReasonToOmit(node) is var reason and not Omission.None) PassOver(ExecutionEvent.NodeOmitted(now, node, reason));
        else Begin(node);
    }

    private Omission ReasonToOmit(int node)
    {
        if (StartsNothingNew) return Omission.Failure;
        if (IsCancelling) return state.IsTimingOut ? Omission.TimedOut : Omission.Cancel;
        if (!state.ParentsSatisfy(node)) return Omission.Parents;
        return ConditionHolds(node) ? Omission.None : Omission.Condition;
    }

    private bool ConditionHolds(int node)
    {
        var condition = graph[node].Condition;
        if (condition.References.Count == 0) return condition.Holds(static (_, _) => null);

        var container = graph[node].Container;
        return condition.Holds((name, key) =>
            graph.FindMember(container, name) is { } sibling ? state.Outputs(sibling).GetValueOrDefault(key) : null);
    }

    private void PassOver(in ExecutionEvent happened)
    {
        Emit(happened);
        ended.Enqueue(happened.Node);
    }

    /// <summary>Starts the node, or lets it wait when something holds it.</summary>
    private void Begin(int node)
    {
        if (MayBeginNow(node)) BeginNow(node);
        else EmitNode(EventKind.NodeWaiting, node);
    }

    private bool MayBeginNow(int node) =>
        (state.IsUnderWay(node) || (!state.IsPaused && state.IsGateOpen(node)))
        && (graph[node].Kind != NodeKind.Plugin || (state.SlotsInUse < maxParallel && state.NextForSlot < 0));

    private void BeginNow(int node)
    {
        switch (graph[node].Kind)
        {
            case NodeKind.Plugin:
                EmitNode(EventKind.NodeQueued, node);
                Command(CommandKind.Dispatch, node);
                break;
            case NodeKind.Control:
                EmitNode(EventKind.NodeStarted, node);
                Command(CommandKind.RunControl, node);
                break;
            default:
                EmitNode(EventKind.NodeStarted, node);
                foreach (var start in graph.Starts(node)) candidates.Enqueue(start);
                EndContainerIfDone(node);
                break;
        }
    }

    /// <returns>True when something began that may lead to more.</returns>
    private bool BeginWaiting()
    {
        while (state.SlotsInUse < maxParallel && state.NextForSlot is >= 0 and var node) BeginNow(node);
        if (state.IsPaused) return false;

        while (!state.WaitingOthers.IsEmpty) BeginNow(state.WaitingOthers.First);
        return ended.Count > 0 || candidates.Count > 0;
    }

    private void EndContainerIfDone(int container)
    {
        if (container == ExecutionGraph.Root) return;
        ref readonly var slot = ref state[container];
        if (slot.OpenMembers > 0 || slot.State.IsTerminal()) return;

        var ending = slot.State == NodeState.Failing ? NodeStatus.Failed
            : slot.FailedEnds > 0 ? NodeStatus.Cancelled
            : NodeStatus.Succeeded;
        Emit(ExecutionEvent.NodeEnded(now, container, slot.Attempt, ending));
        ended.Enqueue(container);
    }

    private void EndExecution() => Emit(ExecutionEvent.Ended(now, state.StatusBehindPause switch
    {
        ExecutionStatus.Failing => ExecutionStatus.Failed,
        ExecutionStatus.Cancelling => state.IsTimingOut ? ExecutionStatus.TimedOut : ExecutionStatus.Cancelled,
        _ => state[ExecutionGraph.Root].FailedEnds > 0 ? ExecutionStatus.Cancelled : ExecutionStatus.Succeeded,
    }));
}
