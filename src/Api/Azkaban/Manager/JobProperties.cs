using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchJobInfo</c>: what the file of a job says.</summary>
internal sealed class JobProperties(NewestPackage packages)
{
    public async Task<IResult> ShowAsync(ProjectCall call)
    {
        var (id, name) = (call.Parameters.Require("flowName"), call.Parameters.Require("jobName"));
        if (await packages.FindAsync(call.Project, id, call.Cancelled) is not { } flow)
            return call.Fail(Texts.FlowNotFound(id, call.Project));
        if (flow.Nodes.FirstOrDefault(node => node.Name == name) is not { } job)
            return call.Fail($"Job {name} not found in flow {id}");

        call.Reply["jobName"] = name;
        call.Reply["jobType"] = job.Type;
        call.Reply["generalParams"] = Describe(job);
        call.Reply["overrideParams"] = Describe(job);
        return call.Done();
    }

    /// <summary>The node's own layer, ordered by key.</summary>
    public static JsonObject Describe(NodeDefinition node) => new(
        node.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value)));
}
