using Scheduler.Silo.Torture.Faults;

namespace Scheduler.Silo.Torture;

/// <summary>What one run of the torture is to be.</summary>
internal sealed record TortureOrder
{
    /// <summary>At least 1; the faults that hit processes need 2.</summary>
    public required int Silos { get; init; }

    /// <summary>How long load and faults go on; starting, healing and looking come on top.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Load and faults follow from it; the moments in which things meet do not.</summary>
    public required int Seed { get; init; }

    /// <summary>PostgreSQL connection string of an empty database; null has a server of the run's own started.</summary>
    public string? Database { get; init; }

    /// <summary>Folder with the programs of PostgreSQL; null looks for it.</summary>
    public string? PostgreSqlFolder { get; init; }

    public required IReadOnlyList<FaultKind> Faults { get; init; }

    /// <summary>True: the scratch folder stays, whatever the verdict.</summary>
    public bool KeepsFolder { get; init; }

    /// <summary>File for the report as JSON; null writes none.</summary>
    public string? ReportFile { get; init; }

    /// <summary>The line to type for the same run.</summary>
    public string CommandLine =>
        FormattableString.Invariant($"scheduler torture --silos {Silos} --minutes {Duration.TotalMinutes:0.###} --seed {Seed}")
        + (Faults.Count == FaultKinds.All.Count ? "" : $" --faults {string.Join(',', Faults.Select(kind => kind.ToWord()))}");
}

/// <summary>The run could not be made; says nothing about the cluster.</summary>
internal sealed class TortureImpossibleException : Exception
{
    public TortureImpossibleException() { }

    public TortureImpossibleException(string message) : base(message) { }

    public TortureImpossibleException(string message, Exception inner) : base(message, inner) { }
}
