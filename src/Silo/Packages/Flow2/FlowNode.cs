using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>A workflow or node as written in a <c>.flow</c> file, its keys checked and nothing else.</summary>
/// <param name="map">Where it is written.</param>
internal sealed class FlowNode(YamlMap map)
{
    public const string EmbeddedType = Contracts.Definitions.NodeDefinition.EmbeddedType;

    public YamlMap Map => map;
    public int Line => map.Line;

    /// <summary>Empty when missing, which has been reported.</summary>
    public string Name { get; set; } = "";

    /// <summary>Empty when missing, which has been reported.</summary>
    public string Type { get; set; } = "";
    public Dictionary<string, string> Config { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines of the keys of <see cref="Config"/>.</summary>
    public Dictionary<string, int> ConfigLines { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order written, without duplicates.</summary>
    public List<string> DependsOn { get; } = [];
    public string? Condition { get; set; }

    /// <summary>Null when the key is missing or empty.</summary>
    public List<FlowNode>? Nodes { get; set; }
    public YamlMap? Trigger { get; set; }
    public bool IsEmbedded => Type == EmbeddedType;

    /// <summary>Line of one of its keys, else its own.</summary>
    public int LineOf(string key) => map.Entries.TryGetValue(key, out var entry) ? entry.Key.Line : Line;

    /// <summary>A property in force at this node.</summary>
    public string? Find(string key) => key == "type" ? Type : Config.GetValueOrDefault(key);

    public int? ConfigLineOf(string key) => ConfigLines.TryGetValue(key, out var line) ? line : null;
}
