using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Evidence;

/// <summary>Everything a run has left behind, as plain values. A verdict follows from it alone.</summary>
internal sealed record RunEvidence
{
    public required IReadOnlyDictionary<string, PlannedWorkflow> Workflows { get; init; }

    public required IReadOnlyList<OrderRecord> Orders { get; init; }

    public required IReadOnlyList<UploadRecord> Uploads { get; init; }

    /// <summary>All executions in the database, ordered or not.</summary>
    public required IReadOnlyList<RecordedExecution> Executions { get; init; }

    public required Ledger Ledger { get; init; }

    public required IReadOnlyList<SeenExecution> Seen { get; init; }

    public required IReadOnlyList<StoredLog> Logs { get; init; }

    public required IReadOnlyList<PagedLog> PagedLogs { get; init; }

    /// <summary>Ended processes of silos.</summary>
    public required IReadOnlyList<SiloLife> Lives { get; init; }

    /// <summary>Times in which the database was kept from some silo: a start may fail in them.</summary>
    public required IReadOnlyList<Freeze> Outages { get; init; }

    /// <summary>Processes of the run that were still there after all silos had ended, in words.</summary>
    public required IReadOnlyList<string> Orphans { get; init; }

    /// <summary>Silos that did not get ready again once the faults were over, in words.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>The life whose marker this is; null for a silo of another run.</summary>
    public SiloLife? LifeOf(string marker) => SiloMarker.Parse(marker) is { } silo
        ? Lives.FirstOrDefault(life => life.Pid == silo.Pid && life.Ticks == silo.StartedAt)
        : null;
}
