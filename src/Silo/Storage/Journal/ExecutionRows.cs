using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>The queryable columns as they stand.</summary>
internal class SummaryRow
{
    public long Id { get; init; }
    public int ProjectId { get; init; }
    public string WorkflowId { get; init; } = "";
    public int Version { get; init; }
    public int Status { get; init; }
    public string SubmittedBy { get; init; } = "";
    public long SubmittedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public long UpdatedAt { get; init; }

    public ExecutionSummary ToSummary() => new()
    {
        Id = Id,
        ProjectId = ProjectId,
        WorkflowId = WorkflowId,
        Version = Version,
        Status = (ExecutionStatus)Status,
        SubmittedBy = SubmittedBy,
        SubmittedAt = StoredInstant.FromStored(SubmittedAt),
        StartedAt = StoredInstant.FromStored(StartedAt),
        EndedAt = StoredInstant.FromStored(EndedAt),
        UpdatedAt = StoredInstant.FromStored(UpdatedAt),
    };
}

/// <summary>A whole head row.</summary>
internal sealed class HeadRow : SummaryRow
{
    public string Owner { get; init; } = "";
    public byte[] Specification { get; init; } = [];
    public int SnapshotSequence { get; init; }
    public byte[] Snapshot { get; init; } = [];
}
