using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>
/// The grammar of the parameter <c>disabled</c>: a JSON array whose items are names of nodes, or objects
/// <c>{"id": …, "children": […]}</c> that disable only some nodes inside an embedded workflow.
/// </summary>
internal static class DisabledNodes
{
    /// <summary>JSON below this depth is taken for broken, which also bounds the recursion here.</summary>
    private const int MaxDepth = 64;

    /// <summary>Broken JSON disables nothing, and items that fit neither form are passed over, as clients expect.</summary>
    public static IReadOnlyList<DisabledNode> Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return [];

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Array ? ReadItems(document.RootElement) : [];
        }
        catch (JsonException)
        {
            return [];
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair: it parses and cannot be read.
            return [];
        }
    }

    public static JsonArray Describe(IReadOnlyList<DisabledNode> nodes) =>
    [
        .. nodes.Select(node => (JsonNode)new JsonObject
        {
            ["name"] = node.Name,
            ["children"] = node.Children is { } children ? Describe(children) : null,
            ["embeddedFlow"] = node.Children is not null,
        }),
    ];

    private static List<DisabledNode> ReadItems(JsonElement items)
    {
        var nodes = new List<DisabledNode>();
        foreach (var item in items.EnumerateArray())
            if (item.ValueKind == JsonValueKind.String) nodes.Add(new(item.GetString()!));
            else if (ReadParent(item) is { } parent) nodes.Add(parent);
        return nodes;
    }

    private static DisabledNode? ReadParent(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        if (!item.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String) return null;

        var hasChildren = item.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array;
        return new(id.GetString()!, hasChildren ? ReadItems(children) : null);
    }
}
