using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Where an activation stands in the journal of its execution: the next sequence number, its epoch, and what the head row knows
/// already.
/// </summary>
internal sealed class JournalPosition
{
    private readonly Guid epoch = Guid.NewGuid();
    private readonly string owner;
    private int sequence;
    private int rowsSinceSnapshot;
    private ExecutionStatus headStatus;
    private HeadChange? firstHead;

    private JournalPosition(string owner, int sequence, int rowsSinceSnapshot, ExecutionStatus headStatus)
    {
        this.owner = owner;
        this.sequence = sequence;
        this.rowsSinceSnapshot = rowsSinceSnapshot;
        this.headStatus = headStatus;
    }

    /// <summary>Before the first row of a new execution; the head comes into being with that row.</summary>
    public static JournalPosition AtBeginning(ExecutionOrder order, long executionId, string owner) => new(owner, 0, 0, ExecutionStatus.Waiting)
    {
        firstHead = new HeadChange.Create(SummaryOf(order, executionId), ExecutionOrderJson.Write(order), owner),
    };

    /// <summary>Behind the last row of an execution that is taken over; the head learns the new owner with the next row.</summary>
    public static JournalPosition Behind(StoredExecution stored, string owner) =>
        new(owner, stored.SnapshotSequence + stored.Rows.Count, stored.Rows.Count, stored.Summary.Status)
        {
            firstHead = new HeadChange.Update(stored.Summary.Status, stored.Summary.UpdatedAt, null, null, owner, null),
        };

    public JournalRow Next(ReadOnlyMemory<byte> payload) => new(++sequence, epoch, payload);

    /// <summary>What the row just numbered changes in the head: the status, the owner after a takeover, a snapshot now and then.</summary>
    public HeadChange? HeadFor(ExecutionMachine machine, IReadOnlyList<ExecutionEvent> events, int rowsPerSnapshot)
    {
        var first = firstHead;
        firstHead = null;
        var status = machine.Status;
        var changed = status != headStatus;
        var snapshot = ++rowsSinceSnapshot >= rowsPerSnapshot ? TakeSnapshot(machine) : null;
        headStatus = status;

        var updatedAt = DateTimeOffset.FromUnixTimeMilliseconds(events[^1].At);
        return first switch
        {
            HeadChange.Create create => create with
            {
                Summary = create.Summary with
                {
                    Status = status,
                    StartedAt = InstantOf(machine.State.StartedAt),
                    EndedAt = InstantOf(machine.State.EndedAt),
                    UpdatedAt = updatedAt,
                },
            },
            null when !changed && snapshot is null => null,
            _ => new HeadChange.Update(
                status, updatedAt, InstantOf(machine.State.StartedAt), InstantOf(machine.State.EndedAt), first is null ? null : owner,
                snapshot),
        };
    }

    private ReadOnlyMemory<byte>? TakeSnapshot(ExecutionMachine machine)
    {
        rowsSinceSnapshot = 0;
        return ExecutionCodec.EncodeSnapshot(machine.State);
    }

    private static DateTimeOffset? InstantOf(long milliseconds) =>
        milliseconds == NodeSlot.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>The row of an execution to which nothing has happened yet.</summary>
    public static ExecutionSummary SummaryOf(ExecutionOrder order, long executionId) => new()
    {
        Id = executionId,
        ProjectId = order.ProjectId,
        WorkflowId = order.WorkflowId,
        Version = order.Version,
        Status = ExecutionStatus.Waiting,
        SubmittedBy = order.SubmittedBy,
        SubmittedAt = order.SubmittedAt,
        UpdatedAt = order.SubmittedAt,
    };
}
