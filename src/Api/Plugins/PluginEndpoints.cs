using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api.Rest;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Api.Plugins;

/// <summary>The plugins of all silos, for administrators.</summary>
internal static class PluginEndpoints
{
    public static void MapPlugins(this IEndpointRouteBuilder api)
    {
        var plugins = api.MapGroup("/plugins").RequireAdmin();
        plugins.MapGet("", ListAsync).WithName("ListPlugins");
        plugins.MapPost("/reload", ReloadAsync).WithName("ReloadPlugins");
    }

    private static async Task<Ok<IReadOnlyList<SiloPlugins>>> ListAsync(IPlugins plugins, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plugins.ListAsync(cancellationToken));

    private static async Task<Ok<IReadOnlyList<SiloPlugins>>> ReloadAsync(IPlugins plugins, CancellationToken cancellationToken) =>
        TypedResults.Ok(await plugins.ReloadAsync(cancellationToken));
}
