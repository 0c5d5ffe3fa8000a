using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>getRunning</c>, <c>flowInfo</c> without an <c>execid</c>, and <c>fetchscheduledflowgraph</c>.</summary>
internal sealed class WorkflowInfo(NewestPackage packages, IExecutions executions, IOptions<AzkabanOptions> options)
{
    /// <summary>An empty object when nothing runs.</summary>
    public async Task<IResult> ListRunningAsync(WorkflowCall call)
    {
        var running = await executions.ListActiveAsync(call.Project.Id, call.WorkflowId, call.Cancelled);
        return Reply.Json(running.Count == 0
            ? []
            : new() { ["execIds"] = new JsonArray([.. running.Select(id => (JsonNode)id)]) });
    }

    public async Task<IResult> ShowAsync(WorkflowCall call) =>
        await packages.FindAsync(call.Project, call.WorkflowId, call.Cancelled) is { } flow
            ? Reply.Json(new() { ["successEmails"] = Texts(flow.SuccessEmails), ["failureEmails"] = Texts(flow.FailureEmails) })
            : Reply.Error($"Error loading flow. Flow {call.WorkflowId} doesn't exist in {call.Project.Name}");

    /// <summary>The workflow as its next execution would begin.</summary>
    public async Task<IResult> ShowGraphAsync(WorkflowCall call)
    {
        var package = await packages.OfAsync(call.Project, call.Cancelled);
        if (package.Find(call.WorkflowId) is not { } flow)
            return Reply.Error($"Flow '{call.WorkflowId}' cannot be found in project {call.Project.Name}");
        if (Expansion.Of(flow, package, options.Value.MaxGraphNodes) is not { } nodes)
            return Reply.Error(Azkaban.Texts.FlowTooLarge(flow.Id));

        return Reply.Json(ExecutionTree.Describe(call.Project, flow.Id, new()
        {
            ["execid"] = -1,
            ["submitUser"] = null,
            ["submitTime"] = -1,
            ["startTime"] = -1,
            ["endTime"] = -1,
            ["updateTime"] = -1,
            ["status"] = Statuses.NameOf(NodeStatus.Planned, WaitingOn.Nothing),
        }, nodes));
    }

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}
