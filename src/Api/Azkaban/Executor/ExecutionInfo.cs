using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>flowInfo</c> with an <c>execid</c>: how that execution was asked for.</summary>
internal sealed class ExecutionInfo(IExecutions executions)
{
    public async Task<IResult> ShowAsync(ExecutionCall call) =>
        await executions.GetAsync(call.Id, call.Cancelled) is { } view
            ? Reply.Json(Describe(view))
            : Reply.Error($"Cannot find execution '{call.Id}'");

    private static JsonObject Describe(ExecutionView view)
    {
        var options = view.Options;
        return new()
        {
            ["successEmails"] = WorkflowInfo.Texts(options.SuccessEmails),
            ["failureEmails"] = WorkflowInfo.Texts(options.FailureEmails),
            ["successEmailsOverride"] = options.OverridesSuccessEmails,
            ["failureEmailsOverride"] = options.OverridesFailureEmails,
            ["runtimeProperties"] = RuntimeProperties(options),
            ["flowParam"] = Texts(options.Parameters),
            ["failureAction"] = FailureActions.NameOf(options.FailureAction),
            ["notifyFailureFirst"] = options.NotifiesOnFirstFailure,
            ["notifyFailureLast"] = options.NotifiesOnLastFailure,
            ["concurrentOptions"] = NameOf(options.Concurrency),
            ["pipelineLevel"] = options.PipelineLevel,
            ["pipelineExecution"] = view.FollowsExecutionId,
            ["queueLevel"] = options.QueueLevel,
            ["nodeStatus"] = new JsonObject(view.Nodes.Select(node =>
                KeyValuePair.Create(node.Path, (JsonNode?)NodeFields.Status(node)))),
            ["disabled"] = DisabledNodes.Describe(options.Disabled),
        };
    }

    private static JsonObject RuntimeProperties(ExecutionOptions options)
    {
        var properties = new JsonObject();
        if (options.Parameters.Count > 0) properties[FlowParameters.Root] = Texts(options.Parameters);
        foreach (var (node, values) in options.NodeParameters) properties[node] = Texts(values);
        return properties;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));

    private static string NameOf(ConcurrencyOption concurrency) => concurrency switch
    {
        ConcurrencyOption.Skip => "skip",
        ConcurrencyOption.Pipeline => "pipeline",
        _ => "ignore",
    };
}
