using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Credentials;
using Scheduler.Silo.Nodes.Settings;

namespace Scheduler.Silo.Nodes;

/// <summary>A node type with what runs it.</summary>
/// <param name="description">What everybody may know of it.</param>
/// <param name="plugin">Null for a type that the engine resolves by itself.</param>
internal sealed class NodeType(NodeTypeDescription description, INodePlugin? plugin)
{
    public NodeTypeDescription Description => description;

    public INodePlugin? Plugin => plugin;

    /// <summary>Null when its settings are nobody's business.</summary>
    public SettingsCheck? Settings { get; } = description.Schema is { } schema ? new SettingsCheck(schema) : null;

    /// <summary>Settings that name data sources.</summary>
    public IReadOnlyList<DataSourceSetting> DataSources { get; } = DataSourceSettings.In(description.Schema);

    /// <summary>All types that the attributes of a plugin name.</summary>
    public static IEnumerable<NodeType> Of(INodePlugin plugin) =>
        NodeTypeDescription.Of(plugin.GetType()).Select(description => new NodeType(description, plugin));
}
