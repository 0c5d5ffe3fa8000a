using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>What single events do to a node, and the counters that follow every change of a node's state.</content>
internal sealed partial class ExecutionState
{
    private void FoldEnd(in ExecutionEvent happened, ref NodeSlot slot)
    {
        var outputs = Graph[happened.Node].Kind == NodeKind.Container ? OutputsOfEnds(happened.Node) : happened.Outputs;
        if (happened.Text is not null || happened.Code is not null || outputs is not null || slot.Record is not null)
        {
            var record = slot.Record ??= new NodeRecord();
            (record.Code, record.Text, record.Outputs, record.Handle) = (happened.Code, happened.Text, outputs, null);
        }

        Close(happened, ref slot, happened.Status.ToState());
    }

    private void Close(in ExecutionEvent happened, ref NodeSlot slot, NodeState ending)
    {
        slot.EndedAt = happened.At;
        if (slot.StartedAt == NodeSlot.Never) slot.StartedAt = happened.At;
        Move(happened.Node, ref slot, ending);
    }

    private void FoldSleep(in ExecutionEvent happened, ref NodeSlot slot)
    {
        NeedSnapshot(VersionWithCalls);
        var record = slot.Record ??= new NodeRecord();
        record.Call++;
        (record.Text, record.DueAt) = (happened.Text, happened.DueAt);
        if (slot.StartedAt == NodeSlot.Never) slot.StartedAt = happened.At;
        Move(happened.Node, ref slot, NodeState.BackingOff);
        backOffs.Enqueue(happened.Node, (happened.DueAt, happened.Node));
    }

    private void FoldNextAttempt(in ExecutionEvent happened, ref NodeSlot slot)
    {
        var record = slot.Record ??= new NodeRecord();
        if (happened.Kind == EventKind.NodeRetrying) record.Retries++;
        if (happened.Kind == EventKind.NodeLost) record.Lost++;
        var isTimeout = happened.Kind == EventKind.NodeTimedOut;
        if (isTimeout) record.TimedOut++;
        if (happened.Kind is not (EventKind.NodeLost or EventKind.NodeInterrupted)) record.Handle = null;
        record.DueAt = happened.DueAt;
        slot.EndedAt = happened.At;
        BeginAttempt(happened.Attempt + 1, ref slot, isTimeout ? NodeStatus.TimedOut : NodeStatus.Failed, happened.Text);

        // Losses and interruptions have no due time.
        var isDue = happened.DueAt <= happened.At;
        Move(happened.Node, ref slot, isDue ? NodeState.Ready : NodeState.BackingOff);
        if (!isDue) backOffs.Enqueue(happened.Node, (happened.DueAt, happened.Node));
    }

    private void FoldReset(in ExecutionEvent happened, ref NodeSlot slot)
    {
        var before = slot.State;
        if (Graph[happened.Node].Kind == NodeKind.Container && before is NodeState.Failing or NodeState.Failed or NodeState.Cancelled)
        {
            slot.EndedAt = NodeSlot.Never;
            if (slot.Record is { } inner) inner.Outputs = null;
            Move(happened.Node, ref slot, NodeState.Running);
            return;
        }

        if (happened.Attempt > slot.Attempt)
        {
            var record = slot.Record ??= new NodeRecord();
            record.Retries++;
            (record.Lost, record.TimedOut) = (0, 0);
            BeginAttempt(happened.Attempt, ref slot, before.ToStatus(), record.Text);
        }

        (slot.StartedAt, slot.EndedAt, slot.Omission) = (NodeSlot.Never, NodeSlot.Never, Omission.None);
        Move(happened.Node, ref slot, before == NodeState.Skipped ? NodeState.Disabled : NodeState.Planned);
    }

    private static void BeginAttempt(int number, ref NodeSlot slot, NodeStatus ending, string? reason)
    {
        var record = slot.Record ??= new NodeRecord();
        var startedAt = slot.StartedAt == NodeSlot.Never ? slot.EndedAt : slot.StartedAt;
        record.Past.Add(new PastAttempt(slot.Attempt, ending, Instant(startedAt), Instant(slot.EndedAt), reason));
        (record.Code, record.Text, record.Outputs, record.Call) = (null, null, null, 0);
        (slot.Attempt, slot.StartedAt, slot.EndedAt) = (number, NodeSlot.Never, NodeSlot.Never);
    }

    private static DateTimeOffset Instant(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    private void Move(int node, ref NodeSlot slot, NodeState to)
    {
        var from = slot.State;
        slot.State = to;
        counts[(int)from]--;
        counts[(int)to]++;

        if (to == NodeState.Ready && (IsGateOpen(node) || IsUnderWay(node))) ListOf(node).Append(node);
        if (Graph[node].Kind == NodeKind.Plugin) SlotsInUse += (to.IsOutstanding() ? 1 : 0) - (from.IsOutstanding() ? 1 : 0);
        if (from.IsTerminal()) CountEnding(node, from.IsFailure(), -1);
        if (to.IsTerminal()) CountEnding(node, to.IsFailure(), 1);
    }

    /// <summary>Before anything else changes: where it stands follows from its state.</summary>
    private void LeaveLine(int node, ref NodeSlot slot)
    {
        if (slot.State == NodeState.Ready && links.IsLinked(node)) ListOf(node).Remove(node);
    }

    /// <param name="node">The node that has ended.</param>
    /// <param name="isFailure">How.</param>
    /// <param name="by">1; or -1 to take it back.</param>
    private void CountEnding(int node, bool isFailure, int by)
    {
        var failed = isFailure ? by : 0;
        foreach (var child in Graph.Children(node))
        {
            ref var slot = ref Slot(child);
            slot.OpenParents -= by;
            slot.FailedParents += failed;
        }

        ref var container = ref Slot(Graph[node].Container);
        container.OpenMembers -= by;
        if (Graph[node].IsEnd) container.FailedEnds += failed;
    }
}
