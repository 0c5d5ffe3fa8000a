using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>fetchexecflow</c> and <c>fetchexecflowupdate</c>.</summary>
internal sealed class ExecutionReader(IExecutions executions)
{
    public async Task<IResult> ShowAsync(ExecutionCall call)
    {
        if (await executions.GetAsync(call.Id, call.Cancelled) is not { } view)
            return Reply.Error($"Cannot find execution '{call.Id}'");

        var execution = view.Summary;
        return Reply.Json(ExecutionTree.Describe(call.Project, execution.WorkflowId, new()
        {
            ["execid"] = execution.Id,
            ["submitUser"] = execution.SubmittedBy,
            ["submitTime"] = Timestamps.Milliseconds(execution.SubmittedAt),
            ["startTime"] = Timestamps.Milliseconds(execution.StartedAt),
            ["endTime"] = Timestamps.Milliseconds(execution.EndedAt),
            ["updateTime"] = Timestamps.Milliseconds(execution.UpdatedAt),
            ["status"] = Statuses.NameOf(execution.Status),
        }, view.Nodes));
    }

    public async Task<IResult> ShowChangesAsync(ExecutionCall call)
    {
        var since = call.Parameters.RequireLong("lastUpdateTime");
        return await executions.GetAsync(call.Id, call.Cancelled) is { } view
            ? Reply.Json(ExecutionChanges.Describe(view, since))
            : Reply.Error($"Cannot find execution '{call.Id}'");
    }
}
