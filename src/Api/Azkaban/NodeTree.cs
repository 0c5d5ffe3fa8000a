using System.Text.Json.Nodes;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban;

/// <summary>Turns a flat list of nodes into nested JSON.</summary>
internal static class NodeTree
{
    /// <param name="nodes">A node stands before the nodes embedded in it.</param>
    /// <param name="describe">The members of one node but for <c>nodes</c>; null leaves it out with all that is in it.</param>
    public static JsonArray Build(IReadOnlyList<NodeView> nodes, Func<NodeView, int, JsonObject?> describe)
    {
        var roots = new JsonArray();
        var inside = new JsonArray?[nodes.Count];
        for (var position = 0; position < nodes.Count; position++)
        {
            var node = nodes[position];
            var siblings = node.Container < 0 ? roots : inside[node.Container];
            if (siblings is null || describe(node, position) is not { } json) continue;

            if (json.ContainsKey("flow")) json["nodes"] = inside[position] = [];
            siblings.Add((JsonNode)json);
        }
        return roots;
    }

    /// <summary>Names of parents, sorted; null when there are none.</summary>
    public static JsonArray? ParentsOf(NodeView node) => node.Parents.Count == 0
        ? null
        : [.. node.Parents.Order(StringComparer.Ordinal).Select(parent => (JsonNode?)parent)];
}
