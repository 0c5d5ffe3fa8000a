using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Torture.Evidence;

/// <summary>A row of an execution's journal.</summary>
/// <param name="Sequence">Counted from 1.</param>
/// <param name="Epoch">The activation that wrote it.</param>
/// <param name="Events">In order; empty when the row cannot be read.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
internal sealed record RecordedRow(int Sequence, Guid Epoch, IReadOnlyList<ExecutionEvent> Events, string? Fault = null);

/// <summary>An execution as the database holds it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Workflow">Its workflow.</param>
/// <param name="Status">Of the head row.</param>
/// <param name="Rows">By sequence.</param>
internal sealed record RecordedExecution(long Id, string Workflow, ExecutionStatus Status, IReadOnlyList<RecordedRow> Rows)
{
    /// <summary>All events in order.</summary>
    public IEnumerable<ExecutionEvent> Events => Rows.SelectMany(row => row.Events);
}

/// <summary>How an attempt ended, by the journal.</summary>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Kind">An end of the node, a retry, a loss, or an interruption.</param>
/// <param name="Status">With <see cref="EventKind.NodeEnded"/>.</param>
internal readonly record struct AttemptEnd(int Attempt, EventKind Kind, NodeStatus Status)
{
    public override string ToString() => Kind == EventKind.NodeEnded ? $"attempt {Attempt} {Status}" : $"attempt {Attempt} {Kind}";
}

/// <summary>What the journal says about one node.</summary>
/// <param name="Ends">Of its attempts, in the order recorded.</param>
/// <param name="Endings">Of the node itself: what it ended as, each time it was recorded.</param>
internal sealed record NodeRecordings(IReadOnlyList<AttemptEnd> Ends, IReadOnlyList<NodeStatus> Endings)
{
    public static NodeRecordings Of(RecordedExecution execution, int node)
    {
        var ends = new List<AttemptEnd>();
        var endings = new List<NodeStatus>();
        foreach (var happened in execution.Events.Where(happened => happened.Kind.IsOfNode() && happened.Node == node))
        {
            if (happened.Kind is EventKind.NodeEnded or EventKind.NodeRetrying or EventKind.NodeLost or EventKind.NodeInterrupted)
                ends.Add(new AttemptEnd(happened.Attempt, happened.Kind, happened.Kind == EventKind.NodeEnded ? happened.Status : default));
            if (EndingOf(happened) is { } ending) endings.Add(ending);
        }

        return new NodeRecordings(ends, endings);
    }

    private static NodeStatus? EndingOf(in ExecutionEvent happened) => happened.Kind switch
    {
        EventKind.NodeEnded => happened.Status,
        EventKind.NodeOmitted => NodeStatus.Omitted,
        EventKind.NodeSkipped => NodeStatus.Skipped,
        _ => null,
    };
}
