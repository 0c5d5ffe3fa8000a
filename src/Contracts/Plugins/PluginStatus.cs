namespace Scheduler.Contracts.Plugins;

/// <summary>Where the code of a plugin runs.</summary>
public enum PluginIsolation
{
    /// <summary>Inside the server: fast, and trusted not to end it.</summary>
    InProcess = 0,

    /// <summary>In a process of its own for each attempt: whatever it does costs that attempt alone.</summary>
    Process = 1,
}

/// <summary>What became of one folder that should hold a plugin.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/plugin-status")]
public sealed record PluginStatus
{
    /// <summary>As its manifest says; the name of the folder when it has none that can be read.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The plugin's own; null when its manifest cannot be read.</summary>
    [Id(1)] public string? Version { get; init; }

    /// <summary>Null when its manifest cannot be read.</summary>
    [Id(2)] public PluginIsolation? Isolation { get; init; }

    /// <summary>For people.</summary>
    [Id(3)] public string? Description { get; init; }

    /// <summary>Full path.</summary>
    [Id(4)] public required string Folder { get; init; }

    /// <summary>Ids of the node types it runs, ordered; empty when it is faulty.</summary>
    [Id(5)] public IReadOnlyList<string> NodeTypes { get; init; } = [];

    /// <summary>Why it cannot be used; null when it can.</summary>
    [Id(6)] public string? Fault { get; init; }
}

/// <summary>The plugins of one process of the cluster, in the order in which they were loaded.</summary>
/// <param name="Silo">As in the logs.</param>
/// <param name="Plugins">Faulty ones included.</param>
/// <param name="Fault">Why nothing is known of it; null when something is.</param>
public sealed record SiloPlugins(string Silo, IReadOnlyList<PluginStatus> Plugins, string? Fault = null);
