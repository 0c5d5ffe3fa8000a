using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchflowgraph</c> and <c>fetchflownodedata</c>.</summary>
internal sealed class FlowGraph(NewestPackage packages, IOptions<AzkabanOptions> options)
{
    public async Task<IResult> ShowAsync(ProjectCall call)
    {
        var id = call.Parameters.Require("flow");
        var package = await packages.OfAsync(call.Project, call.Cancelled);
        if (package.Find(id) is not { } flow) return call.Fail(Texts.FlowNotFound(id, call.Project));

        call.Reply["flow"] = id;
        return Show(call, flow, package);
    }

    public async Task<IResult> ShowNodeAsync(ProjectCall call)
    {
        var (id, name) = (call.Parameters.Require("flow"), call.Parameters.Require("node"));
        var package = await packages.OfAsync(call.Project, call.Cancelled);
        var flow = package.Find(id) ?? throw new ParameterException(Texts.FlowNotFound(id, call.Project));
        if (flow.Nodes.FirstOrDefault(node => node.Name == name) is not { } node) return call.Fail($"Job {name} doesn't exist.");

        call.Reply["id"] = name;
        call.Reply["flow"] = id;
        call.Reply["type"] = node.Type;
        call.Reply["props"] = JobProperties.Describe(node);
        if (node.EmbeddedWorkflowId is not { } embeddedId || package.Find(embeddedId) is not { } embedded) return call.Done();

        call.Reply["flowId"] = embeddedId;
        call.Reply["flow"] = embeddedId;
        return Show(call, embedded, package);
    }

    private IResult Show(ProjectCall call, WorkflowDefinition flow, PackageDefinition package)
    {
        if (Expansion.Of(flow, package, options.Value.MaxGraphNodes) is not { } nodes) return call.Fail(Texts.FlowTooLarge(flow.Id));

        call.Reply["nodes"] = NodeTree.Build(nodes, (node, _) => Describe(node));
        return call.Done();
    }

    private static JsonObject Describe(NodeView node)
    {
        var json = new JsonObject { ["id"] = node.Name, ["type"] = node.Type };
        if (NodeTree.ParentsOf(node) is { } parents) json["in"] = parents;
        if (node.Condition is { } condition) json["condition"] = condition;
        if (node.EmbeddedWorkflowId is { } embedded)
        {
            json["flowId"] = embedded;
            json["flow"] = embedded;
        }
        return json;
    }
}
