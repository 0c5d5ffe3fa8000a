using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchprojectflows</c> and <c>fetchflowdetails</c>.</summary>
internal sealed class FlowList(NewestPackage packages)
{
    public async Task<IResult> ListAsync(ProjectCall call)
    {
        var package = await packages.OfAsync(call.Project, call.Cancelled);
        call.Reply["flows"] = new JsonArray(
        [
            .. package.Workflows.Where(flow => !flow.IsEmbedded).Select(flow => new JsonObject { ["flowId"] = flow.Id }),
        ]);
        return call.Done();
    }

    public async Task<IResult> ShowDetailsAsync(ProjectCall call)
    {
        var id = call.Parameters.Require("flow");
        if (await packages.FindAsync(call.Project, id, call.Cancelled) is not { } flow) return call.Fail($"Flow {id} not found.");

        var types = flow.Nodes.Select(node => node.Type).Distinct().Order(StringComparer.Ordinal);
        call.Reply["jobTypes"] = new JsonArray([.. types.Select(type => (JsonNode?)type)]);
        return call.Done();
    }
}
