using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Knows the node type <c>load</c>.</summary>
public sealed class OneNodeType : INodeTypes
{
    private static readonly NodeTypeDescription Load = new()
    {
        Id = "load",
        Title = "Load",
        TitleZh = "加载",
        Plugin = "samples",
        Schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["table"] = new JsonObject { ["type"] = "string" } } },
    };

    public IReadOnlyList<NodeTypeDescription> List() => [Load];

    public NodeTypeDescription? Find(string id) => id == Load.Id ? Load : null;
}
