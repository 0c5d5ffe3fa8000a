namespace Scheduler.Silo.Packages.Flow1;

/// <summary>One <c>.job</c> file with what it inherits.</summary>
internal sealed record Job
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The file name without its last extension; global to the package.</summary>
    public required string Name { get; init; }

    /// <summary>Path inside the package.</summary>
    public required string File { get; init; }

    /// <summary>The directory it is in; empty for the top.</summary>
    public required string Directory { get; init; }
    public required JavaProperties Own { get; init; }

    /// <summary>Position of the layer it inherits; null when it inherits nothing.</summary>
    public required int? Layer { get; init; }
    public IReadOnlyDictionary<string, string> Inherited { get; init; } = Nothing;

    /// <summary>The value in force, its own or inherited; null when there is none.</summary>
    public string? Find(string key) => Own.Values.TryGetValue(key, out var own) ? own : Inherited.GetValueOrDefault(key);

    /// <summary>The line of its own file that sets the key; null when it is inherited or not set.</summary>
    public int? LineOf(string key) => Own.Lines.TryGetValue(key, out var line) ? line : null;
}
