using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// Puts the layers of an attempt over one another. It goes from the strongest layer to the weakest and keeps the first value of
/// each key, because the system's values, most of the keys, then come as one copy.
/// </summary>
internal static class PropertyMerge
{
    /// <summary>A new dictionary with values as they were written, nothing replaced.</summary>
    public static Dictionary<string, string> Merge(PropertyLayers layers)
    {
        var merged = new Dictionary<string, string>(layers.System.Values);
        var paths = Paths(layers.Nodes);

        if (layers.OverridesEagerly) AddRequested(merged, layers, paths);
        for (var index = layers.Nodes.Count - 1; index >= 0; index--) AddNode(merged, layers, layers.Nodes[index], paths[index]);

        Add(merged, layers.Options.Parameters);
        Add(merged, layers.Workflow.Properties);
        AddShared(merged, layers.Package, layers.Nodes[^1].Node);
        Add(merged, layers.System.Defaults);

        foreach (var (key, prefix) in layers.System.Prefixes)
            merged[key] = merged.TryGetValue(key, out var value) ? $"{prefix} {value}" : prefix;
        return merged;
    }

    private static void AddRequested(Dictionary<string, string> merged, PropertyLayers layers, string[] paths)
    {
        for (var index = paths.Length - 1; index >= 0; index--)
            if (layers.Options.NodeParameters.TryGetValue(paths[index], out var requested))
                Add(merged, requested);
        Add(merged, layers.Options.Parameters);
    }

    private static void AddNode(Dictionary<string, string> merged, PropertyLayers layers, NodeLayer layer, string path)
    {
        if (layers.Options.NodeParameters.TryGetValue(path, out var requested)) Add(merged, requested);
        Add(merged, layer.Node.Properties);
        for (var index = layer.ParentOutputs.Count - 1; index >= 0; index--) Add(merged, layer.ParentOutputs[index]);
    }

    private static void AddShared(Dictionary<string, string> merged, PackageDefinition package, NodeDefinition node)
    {
        if (node.SharedProperties is { } position) Add(merged, package.SharedProperties[position]);
    }

    private static void Add(Dictionary<string, string> merged, IReadOnlyDictionary<string, string> layer)
    {
        if (layer.Count == 0) return;

        foreach (var (key, value) in layer) merged.TryAdd(key, value);
    }

    private static string[] Paths(IReadOnlyList<NodeLayer> nodes)
    {
        var paths = new string[nodes.Count];
        for (var index = 0; index < nodes.Count; index++)
            paths[index] = index == 0 ? nodes[0].Node.Name : $"{paths[index - 1]}:{nodes[index].Node.Name}";
        return paths;
    }
}
