using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// The node types of this process: those that come with it, and those of the plugins loaded last. An attempt keeps what it found here
/// when it began, whatever is loaded meanwhile.
/// </summary>
internal sealed class NodeTypes : INodeTypes
{
    private readonly FrozenDictionary<string, NodeType> builtIn;
    private volatile Known known;

    /// <exception cref="InvalidOperationException">Two plugins claim one node type.</exception>
    public NodeTypes(IEnumerable<NodeType> builtIn)
    {
        var claimed = new Dictionary<string, NodeType>(StringComparer.Ordinal);
        foreach (var type in builtIn)
            if (!claimed.TryAdd(type.Description.Id, type))
                throw new InvalidOperationException(
                    $"Node type '{type.Description.Id}' is claimed by {NameOf(claimed[type.Description.Id])} and by {NameOf(type)}; remove one of them.");
        this.builtIn = claimed.ToFrozenDictionary(StringComparer.Ordinal);
        known = new Known(this.builtIn, "");
    }

    /// <summary>Unlike before whenever the node types that plugins bring, or what may be set on them, are others. Empty without plugins.</summary>
    public string Revision => known.Revision;

    /// <summary>True for what no plugin may bring.</summary>
    public bool IsTaken(string id) => id == NodeDefinition.EmbeddedType || builtIn.ContainsKey(id);

    /// <summary>Null when no plugin runs this type.</summary>
    public NodeType? Find(string id) => known.ById.GetValueOrDefault(id);

    /// <summary>Replaces all types that plugins have brought.</summary>
    /// <param name="types">None of them taken, no two of one id.</param>
    public void Use(IReadOnlyCollection<NodeType> types) => known = new Known(
        types.Count == 0 ? builtIn : builtIn.Values.Concat(types).ToFrozenDictionary(type => type.Description.Id, StringComparer.Ordinal),
        RevisionOf(types));

    NodeTypeDescription? INodeTypes.Find(string id) => Find(id)?.Description;

    IReadOnlyList<NodeTypeDescription> INodeTypes.List() =>
        [.. known.ById.Values.Select(type => type.Description).OrderBy(type => type.Id, StringComparer.Ordinal)];

    private static string RevisionOf(IReadOnlyCollection<NodeType> types)
    {
        if (types.Count == 0) return "";

        var lines = types.Select(type => $"{type.Description.Id} {type.Description.Version} {type.Description.Schema?.ToJsonString()}")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }

    private static string NameOf(NodeType type) => type.Plugin?.GetType().ToString() ?? "the engine";

    private sealed record Known(FrozenDictionary<string, NodeType> ById, string Revision);
}
