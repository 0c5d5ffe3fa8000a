using System.Collections.Frozen;
using System.Reflection;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Nodes;

/// <summary>Which plugin runs which node type.</summary>
internal sealed class NodePlugins
{
    private readonly FrozenDictionary<string, INodePlugin> byType;

    /// <exception cref="InvalidOperationException">Two plugins claim one node type.</exception>
    public NodePlugins(IEnumerable<INodePlugin> plugins)
    {
        var claimed = new Dictionary<string, INodePlugin>(StringComparer.Ordinal);
        foreach (var plugin in plugins)
            foreach (var type in plugin.GetType().GetCustomAttributes<NodeTypeAttribute>())
                if (!claimed.TryAdd(type.Id, plugin))
                    throw new InvalidOperationException(
                        $"Node type '{type.Id}' is claimed by {claimed[type.Id].GetType()} and by {plugin.GetType()}; remove one of them.");
        byType = claimed.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Null when no plugin runs this type.</summary>
    public INodePlugin? Find(string type) => byType.GetValueOrDefault(type);
}
