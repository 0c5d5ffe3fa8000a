using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>executeFlow</c>.</summary>
internal sealed class ExecuteFlow(NewestPackage packages, IExecutions executions)
{
    /// <summary>The id of an execution that did not come into being.</summary>
    private const long NoExecution = -1;

    public async Task<IResult> AnswerAsync(WorkflowCall call)
    {
        var reply = new JsonObject { ["project"] = call.Parameters.Require("project"), ["flow"] = call.WorkflowId };
        if (await packages.FindAsync(call.Project, call.WorkflowId, call.Cancelled) is not { } flow)
            return Reply.Error(Unknown(call), reply);

        return OptionsReader.Read(call.Parameters, flow, call.User.Everywhere.Allows(Permissions.Admin)) switch
        {
            OptionsReading.Good good => Answer(call, reply, await SubmitAsync(call, good.Options)),
            OptionsReading.Refused refused => Refuse(call, reply, refused.Reason),
            OptionsReading.Unparsable unparsable => Reply.Error($"Error parsing flow options: {unparsable.Reason}", reply),
            var other => throw new InvalidOperationException($"{other} is no known reading."),
        };
    }

    private Task<SubmitResult> SubmitAsync(WorkflowCall call, ExecutionOptions options) => executions.SubmitAsync(
        new(call.Project.Id, call.WorkflowId, Version: null, call.User.Name, Initiator.Person, options), call.Cancelled);

    private static IResult Answer(WorkflowCall call, JsonObject reply, SubmitResult result) => result switch
    {
        SubmitResult.Accepted accepted => Say(reply, Welcome(call.WorkflowId, accepted), accepted.ExecutionId),
        // A locked workflow is the one refusal that is not an error.
        SubmitResult.Locked => Say(reply, $"Flow {call.WorkflowId} for project {call.Project.Name} is locked.", NoExecution),
        SubmitResult.Busy => Refuse(call, reply, $"Flow {call.WorkflowId} is already running. Skipping execution."),
        SubmitResult.TooManyRunning many =>
            Refuse(call, reply, $"Flow {call.WorkflowId} has more than {many.Limit} concurrent runs. Skipping"),
        SubmitResult.Invalid invalid => Refuse(call, reply, invalid.Reason),
        SubmitResult.UnknownWorkflow => Reply.Error(Unknown(call), reply),
        var other => throw new InvalidOperationException($"{other} is no known result."),
    };

    private static string Welcome(string flow, SubmitResult.Accepted accepted)
    {
        var queued = $"Execution queued successfully with exec id {accepted.ExecutionId}";
        return (accepted.Beside, accepted.PipelineLevel) switch
        {
            ({ Count: 0 }, _) => queued,
            (var beside, null) =>
                $"Flow {flow} is already running with exec id {string.Join(',', beside)}. Will execute concurrently. \n{queued}",
            (var beside, var level) => $"Flow {flow} is already running with exec id {beside[^1]}. Pipelining level {level}. \n{queued}",
        };
    }

    private static string Unknown(WorkflowCall call) => $"Flow '{call.WorkflowId}' cannot be found in project {call.Project.Name}";

    private static IResult Say(JsonObject reply, string message, long executionId)
    {
        reply["message"] = message;
        reply["execid"] = executionId;
        return Reply.Json(reply);
    }

    private static IResult Refuse(WorkflowCall call, JsonObject reply, string reason)
    {
        reply["error"] = $"Error submitting flow {call.WorkflowId}. {reason}";
        reply["execid"] = NoExecution;
        return Reply.Json(reply);
    }
}
