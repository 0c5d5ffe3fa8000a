namespace Scheduler.Plugins.Processes;

/// <summary>One program to run.</summary>
public sealed record ProcessStart
{
    /// <summary>
    /// The variable of a <see cref="Marker"/> that names a file: while it is there, processes of the attempt may start. It goes when others
    /// may be running the attempt, because this process was silent for too long.
    /// </summary>
    public const string GateVariable = "SCHEDULER_GATE";

    /// <summary>Without a slash it is looked up in this process's PATH; a relative path starts at <see cref="Directory"/>.</summary>
    public required string Program { get; init; }

    /// <summary>What follows the program's name; handed over as they are, no shell in between.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Working directory, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>Added to the environment of this process; wins over it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Wins over everything else in the environment, and is how the processes of the attempt are found again.</summary>
    public required IReadOnlyDictionary<string, string> Marker { get; init; }

    /// <summary>The file without which it does not start; null when its marker names none.</summary>
    public string? Gate => Marker.GetValueOrDefault(GateVariable);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
