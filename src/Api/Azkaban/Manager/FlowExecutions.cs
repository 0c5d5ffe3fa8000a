using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchFlowExecutions</c> and <c>fetchLastSuccessfulFlowExecution</c>.</summary>
internal sealed class FlowExecutions(IExecutions executions, IOptions<AzkabanOptions> options)
{
    public async Task<IResult> ListAsync(ProjectCall call)
    {
        var flow = call.Parameters.Require("flow");
        var start = Math.Max(0, call.Parameters.RequireInt("start"));
        var length = Math.Clamp(call.Parameters.RequireInt("length"), 0, options.Value.MaxPageLength);
        var filter = new ExecutionFilter { ProjectId = call.Project.Id, WorkflowId = flow };
        var page = await executions.ListAsync(filter, start, length, call.Cancelled);

        call.Reply["flow"] = flow;
        call.Reply["total"] = page.Total;
        call.Reply["from"] = start;
        call.Reply["length"] = length;
        call.Reply["executions"] = new JsonArray([.. page.Executions.Select(Describe)]);
        return call.Done();
    }

    public async Task<IResult> FindLastSuccessAsync(ProjectCall call)
    {
        var filter = new ExecutionFilter
        {
            ProjectId = call.Project.Id,
            WorkflowId = call.Parameters.Require("flow"),
            Status = ExecutionStatus.Succeeded,
        };
        var found = (await executions.ListAsync(filter, start: 0, length: 1, call.Cancelled)).Executions;

        // The value of success is a text here, as it always was.
        call.Reply["success"] = found.Count > 0 ? "true" : "false";
        call.Reply["message"] = found.Count > 0 ? "" : "This flow has no successful run.";
        if (found.Count > 0) call.Reply["execId"] = found[0].Id;
        return call.Done();
    }

    private static JsonObject Describe(ExecutionSummary execution) => new()
    {
        ["execId"] = execution.Id,
        ["flowId"] = execution.WorkflowId,
        ["projectId"] = execution.ProjectId,
        ["status"] = Statuses.NameOf(execution.Status),
        ["submitTime"] = Timestamps.Milliseconds(execution.SubmittedAt),
        ["startTime"] = Timestamps.Milliseconds(execution.StartedAt),
        ["endTime"] = Timestamps.Milliseconds(execution.EndedAt),
        ["submitUser"] = execution.SubmittedBy,
    };
}
