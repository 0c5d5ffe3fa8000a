using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Api.Nodes;

/// <summary>What a form needs to know of the node types: titles, and the JSON schema of the settings.</summary>
internal static class NodeTypeEndpoints
{
    public static void MapNodeTypes(this IEndpointRouteBuilder api) => api.MapGet("/node-types", List).WithName("ListNodeTypes");

    private static Ok<IReadOnlyList<NodeTypeDescription>> List(INodeTypes types) => TypedResults.Ok(types.List());
}
