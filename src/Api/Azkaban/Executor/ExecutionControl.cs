using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>cancelFlow</c>, <c>pauseFlow</c>, <c>resumeFlow</c> and <c>retryFailedJobs</c>. Success is an empty object.</summary>
internal sealed class ExecutionControl(IExecutions executions)
{
    public async Task<IResult> CancelAsync(ExecutionCall call) =>
        await executions.CancelAsync(call.Id, call.User.Name, call.Cancelled) switch
        {
            ControlResult.UnknownExecution => NotFound(call),
            ControlResult.NotActive => Reply.Error(NotRunning(call)),
            _ => Reply.Json([]),
        };

    public async Task<IResult> PauseAsync(ExecutionCall call) =>
        await executions.PauseAsync(call.Id, call.User.Name, call.Cancelled) switch
        {
            ControlResult.UnknownExecution => NotFound(call),
            ControlResult.NotActive => Reply.Error(NotRunning(call)),
            ControlResult.Cancelling => Reply.Error($"Execution {call.Id} with status KILLING cannot be paused."),
            _ => Reply.Json([]),
        };

    /// <summary>Its failure stands under another key than everywhere else.</summary>
    public async Task<IResult> ResumeAsync(ExecutionCall call) =>
        await executions.ResumeAsync(call.Id, call.User.Name, call.Cancelled) switch
        {
            ControlResult.UnknownExecution => NotFound(call),
            ControlResult.NotActive => Reply.Json(new() { ["resume"] = NotRunning(call) }),
            _ => Reply.Json([]),
        };

    public async Task<IResult> RetryFailedAsync(ExecutionCall call)
    {
        if (Statuses.NameOf(call.Execution.Status) is "FAILED" or "SUCCEEDED")
            return Reply.Error("Flow has already finished. Please re-execute.");
        if (call.Execution.Status.IsTerminal()) return Reply.Error(NotRunning(call));

        return await executions.RetryFailedAsync(call.Id, call.User.Name, call.Cancelled) switch
        {
            ControlResult.UnknownExecution => NotFound(call),
            ControlResult.NotActive => Reply.Error($"Execution {call.Id} is already finished."),
            ControlResult.Cancelling => Reply.Error($"Execution {call.Id} is not running."),
            _ => Reply.Json([]),
        };
    }

    private static IResult NotFound(ExecutionCall call) => Reply.Error($"Cannot find execution '{call.Id}'");

    private static string NotRunning(ExecutionCall call) => $"Execution {call.Id} of flow {call.Execution.WorkflowId} isn't running.";
}
