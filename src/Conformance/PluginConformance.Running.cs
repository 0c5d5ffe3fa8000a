using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Conformance;

/// <content>How the facts run the plugin, and what they read of it.</content>
public abstract partial class PluginConformance
{
    private protected PluginRun Run => new(EndLimit, StopLimit);

    private string PluginName => CreatePlugin().GetType().Name;

    private List<NodeTypeAttribute> NodeTypes => [.. CreatePlugin().GetType().GetCustomAttributes<NodeTypeAttribute>()];

    /// <summary>Of the settings classes that have one.</summary>
    private IEnumerable<JsonObject> Schemas =>
        NodeTypes.Select(type => type.Settings).OfType<Type>().Distinct()
            .Where(settings => Record.Exception(() => SettingsSchema.Of(settings)) is null).Select(SettingsSchema.Of);

    private IEnumerable<(string Key, JsonObject Schema)> Settings =>
        Schemas.SelectMany(schema => schema["properties"] as JsonObject ?? []).Select(setting => (setting.Key, (setting.Value as JsonObject)!));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*$")]
    private static partial Regex NodeTypeId { get; }

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    private static partial Regex DottedCode { get; }

    private protected static string LogOf(ConformanceContext context) =>
        $"\nIts log:\n{string.Join('\n', context.Recorded.Lines)}\n{context.Recorded.Text}";

    private protected void AssertSucceeded(Ending? ending, ConformanceContext context)
    {
        if (ending is not Ending.Returned { Result: NodeResult.Succeeded { Outputs: var outputs } })
        {
            Assert.Fail($"It did not succeed: {ending}{LogOf(context)}");
            return;
        }

        Assert.Equal(Success.Outputs.Keys.Order(StringComparer.Ordinal), outputs.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, expected) in Success.Outputs)
            if (expected is not null) Assert.Equal((key, expected), (key, outputs[key]));
    }

    private protected void AssertStopped(Ending? ending, ConformanceContext context)
    {
        if (ending is null) Assert.Fail($"The case {nameof(LongRun)} ended before it was cancelled.{LogOf(context)}");
        if (ending is Ending.Hung) Assert.Fail($"It has not stopped {StopLimit} after it was cancelled.{LogOf(context)}");
        if (ending is Ending.Threw { Exception: not OperationCanceledException and var exception })
            Assert.Fail($"A cancelled attempt returns or throws OperationCanceledException, not {exception}");
    }

    /// <summary>Runs every case as far as it goes, and shows what became of it.</summary>
    private async Task InEveryCaseAsync(Func<ConformanceCase, ConformanceContext, Ending?, ValueTask> inspect)
    {
        await InCaseAsync(Success, Run.ToItsEndAsync);
        await InCaseAsync(Failure, Run.ToItsEndAsync);
        await InCaseAsync(LongRun, Run.UntilCancelledAsync);
        await InCaseAsync(Waits, Run.OnceAsync);

        async Task InCaseAsync(ConformanceCase? job, Func<INodePlugin, ConformanceContext, string?, Task<Ending?>> run)
        {
            if (job is null) return;

            using var context = new ConformanceContext(job);
            var ending = await run(CreatePlugin(), context, null);
            await inspect(job, context, ending);
            await EndWorkElsewhereAsync(context, ending);
        }
    }

    private async Task<Ending?> CallBrieflyAsync(ConformanceCase job)
    {
        using var context = new ConformanceContext(job);
        var ending = await Run.OnceAsync(CreatePlugin(), context, null);
        await EndWorkElsewhereAsync(context, ending);
        return ending;
    }

    private async Task EndWorkElsewhereAsync(ConformanceContext context, Ending? ending)
    {
        if (ending is Ending.Returned { Result: NodeResult.Waiting } && context.Handles is [.., var handle] && CreatePlugin() is IReattachingPlugin plugin)
            await plugin.KillAsync(context, handle, CancellationToken.None);
    }

    /// <summary>The end of a first attempt reaches nobody, so there is a second, elsewhere.</summary>
    private async Task<(string First, string Second)> TwiceAsync(Func<ConformanceContext, ValueTask> inspect)
    {
        using var first = new ConformanceContext(Success);
        var lost = await Run.ToItsEndAsync(CreatePlugin(), first, null);
        using var second = first.NextAttempt();
        var ending = await Run.ToItsEndAsync(CreatePlugin(), second, first.Handles.LastOrDefault());
        await inspect(second);
        return (lost!.Summary(Success), ending!.Summary(Success));
    }

    /// <summary>How two runs end of which the second begins during the first, or after it.</summary>
    private async Task<IReadOnlyList<string>> EndingsOfTwoAsync(Func<INodePlugin> plugin, ConformanceCase first, ConformanceCase second, bool overlap)
    {
        using var firstContext = new ConformanceContext(first);
        using var secondContext = new ConformanceContext(second);
        var run = Run.ToItsEndAsync(plugin(), firstContext, null);
        await (overlap ? PluginRun.AtWorkAsync(run, firstContext) : run);
        var endOfSecond = await Run.ToItsEndAsync(plugin(), secondContext, null);
        return [(await run)!.Summary(first), endOfSecond!.Summary(second)];
    }

    private static IEnumerable<string> TextFaults(string key, JsonObject schema)
    {
        var chinese = schema[SettingsSchema.ChineseKeyword] as JsonObject ?? [];
        if (IsBlank(schema["title"])) yield return $"{key} has no English title.";
        if (IsBlank(chinese["title"])) yield return $"{key} has no Chinese title.";
        if (schema["description"] is not null && IsBlank(chinese["description"])) yield return $"{key} is described in English only.";
        if (schema["description"] is null && chinese["description"] is not null) yield return $"{key} is described in Chinese only.";
    }

    private static bool IsBlank(JsonNode? text) => string.IsNullOrWhiteSpace((string?)text);
}
