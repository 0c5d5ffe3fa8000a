using System.Globalization;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Key;

/// <summary>Waits for another workflow, of its own project or of another. It holds no slot between two looks.</summary>
/// <param name="resolver">Finds what answers the question; called when a node runs.</param>
[NodeType(
    "key", Title = "KEY", TitleZh = "KEY 依赖", Description = "Waits for a workflow elsewhere.", DescriptionZh = "等待其他工作流完成。",
    Settings = typeof(KeySettings))]
public sealed class KeyPlugin(Func<IKeyResolver> resolver) : NodePlugin<KeySettings>
{
    protected override async Task<NodeResult> RunAsync(KeySettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        if (ScheduledAt(settings, context.Properties) is not { } scheduledAt)
            return new NodeResult.Failed("key.business-date", $"business.date={settings.BusinessDate} is no date", CanRetry: false);

        var question = new KeyQuestion
        {
            ProjectName = string.IsNullOrWhiteSpace(settings.Project) ? context.Properties["azkaban.flow.projectname"] : settings.Project.Trim(),
            WorkflowId = settings.Workflow.Trim(),
            AskingProject = context.Properties["azkaban.flow.projectname"],
            AskingExecution = context.Attempt.ExecutionId,
            AskedBy = context.Properties["azkaban.flow.submituser"],
            ScheduledAt = scheduledAt,
            Window = settings.Window,
            Days = settings.Days,
            Cycle = settings.Cycle,
            Policy = settings.Policy,
        };
        return await AnswerAsync(await resolver().ResolveAsync(question, cancellationToken), settings, context);
    }

    private static async Task<NodeResult> AnswerAsync(KeyAnswer answer, KeySettings settings, NodeContext context)
    {
        switch (answer)
        {
            case KeyAnswer.Satisfied(var executions):
                var list = string.Join(',', executions);
                await context.Log.WriteLineAsync(LogLevel.Info, $"Satisfied by execution {list}");
                return new NodeResult.Succeeded(new Dictionary<string, string> { ["key.executions"] = list });
            case KeyAnswer.Open(var reason):
                await context.Log.WriteLineAsync(LogLevel.Info, reason);
                return new NodeResult.Waiting(reason, settings.CheckEvery);
            case KeyAnswer.Refused(var code, var reason):
                return new NodeResult.Failed(code, reason, CanRetry: false);
            default:
                throw new InvalidOperationException("There is no other answer");
        }
    }

    /// <summary>Noon of the run date stands for a date that is given: every window but the last 24 hours counts whole days.</summary>
    private static DateTimeOffset? ScheduledAt(KeySettings settings, IReadOnlyDictionary<string, string> properties)
    {
        var start = DateTimeOffset.Parse(properties["azkaban.flow.start.timestamp"], CultureInfo.InvariantCulture);
        if (string.IsNullOrEmpty(settings.BusinessDate)) return start;
        if (!DateOnly.TryParseExact(settings.BusinessDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;

        return new DateTimeOffset(date.AddDays(1).ToDateTime(new TimeOnly(12, 0)), start.Offset);
    }
}
