using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>Where a node may run, and which pools it counts for. Immutable.</summary>
/// <param name="Group">The worker group it asks for.</param>
/// <param name="Pools">Names of pools, in the order written, without duplicates.</param>
/// <param name="Fault">What is wrong with the author's values; null when nothing is. They then count as not written.</param>
internal sealed record NodeDemand(string Group, IReadOnlyList<string> Pools, string? Fault)
{
    public const string GroupKey = "worker.group";

    /// <summary>One name or several, separated by commas.</summary>
    public const string PoolKey = "worker.pool";

    /// <summary>The default group, no pool.</summary>
    public static NodeDemand None { get; } = new(IDispatchQueueGrain.DefaultGroup, [], null);

    /// <summary>What literal values ask for; null and blank ones ask for nothing.</summary>
    public static NodeDemand Parse(string? group, string? pools)
    {
        var name = group?.Trim() ?? "";
        var names = pools?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList() ?? [];
        if (name.Length == 0 && names.Count == 0) return None;

        if (name.Length > 0 && !WorkerGroup.IsName(name)) return None with { Fault = FaultOf(GroupKey, name) };
        if (names.Find(pool => !WorkerGroup.IsName(pool)) is { } wrong) return None with { Fault = FaultOf(PoolKey, wrong) };
        return new(name.Length == 0 ? IDispatchQueueGrain.DefaultGroup : name, names, null);
    }

    private static string FaultOf(string key, string value) =>
        $"{key}: '{value}' is no name; {WorkerGroup.NameRule}, and no reference to another property.";
}
