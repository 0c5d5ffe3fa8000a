using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Conformance;

/// <summary>
/// What every node type promises. Derive one public class per plugin, and the facts run with the other tests. A fact about something that the
/// class does not state, such as secrets or waiting, holds.
/// </summary>
/// <remarks>
/// It cannot see what bypasses it: a child process without the marker, output written to the console by a child that inherited it, a
/// connection that <see cref="CountOpenAsync"/> does not count.
/// </remarks>
public abstract partial class PluginConformance
{
    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_latest = TimeSpan.FromDays(1);

    /// <summary>A new object, as another silo would make one.</summary>
    protected abstract INodePlugin CreatePlugin();

    /// <summary>Succeeds, whatever number of times it is run.</summary>
    protected abstract ConformanceCase Success { get; }

    /// <summary>Fails, in a way that the plugin expects.</summary>
    protected abstract ConformanceCase Failure { get; }

    /// <summary>Runs until it is cancelled. Null when no call of this plugin takes longer than <see cref="StopLimit"/>.</summary>
    protected abstract ConformanceCase? LongRun { get; }

    /// <summary>Is not over after its first call. Null when the plugin never waits.</summary>
    protected virtual ConformanceCase? Waits => null;

    /// <summary>A cancelled attempt ends within this. Default 10 s.</summary>
    protected virtual TimeSpan StopLimit => TimeSpan.FromSeconds(10);

    /// <summary><see cref="Success"/> and <see cref="Failure"/> end within this. Default 1 min.</summary>
    protected virtual TimeSpan EndLimit => TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the work of <see cref="NodeContext.IdempotencyKey"/> has been done. Null, the default, when the plugin does not promise to
    /// do it once.
    /// </summary>
    protected virtual ValueTask<int?> CountEffectsAsync(ConformanceContext context) => new((int?)null);

    /// <summary>How much of what the attempt has opened is open: connections, threads, locks. Default none.</summary>
    protected virtual ValueTask<int> CountOpenAsync(ConformanceContext context) => new(0);

    [Fact]
    public void It_names_the_node_types_that_it_runs()
    {
        var types = NodeTypes;

        Assert.True(types.Count > 0, $"{PluginName} has no [NodeType(…)], so no job can ask for it.");
        foreach (var type in types)
        {
            Assert.True(NodeTypeId.IsMatch(type.Id), $"The node type '{type.Id}' must be of small letters, digits, dots and hyphens.");
            Assert.True(type.Version >= 1, $"The version of node type {type.Id} is {type.Version}; versions count from 1.");
        }
    }

    [Fact]
    public void Every_setting_is_one_that_a_text_can_stand_for()
    {
        foreach (var type in NodeTypes)
            if (type.Settings is { } settings && Record.Exception(() => SettingsSchema.Of(settings)) is { } exception)
                Assert.Fail($"There is no schema of {settings.Name}: {exception.Message}");

        var faults = Settings.Where(setting => !SchemaCheck.HasText(setting.Schema)).Select(setting => setting.Key).ToList();
        Assert.True(faults.Count == 0, $"Only texts, numbers, truths, enums, durations, lists and maps of them can be settings, not {string.Join(", ", faults)}");
    }

    [Fact]
    public void Every_setting_has_its_texts_in_English_and_Chinese()
    {
        var faults = Settings.SelectMany(setting => TextFaults(setting.Key, setting.Schema)).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_default_satisfies_its_setting()
    {
        var faults = Settings.Where(setting => setting.Schema["default"] is not null)
            .SelectMany(setting => SchemaCheck.Faults(setting.Schema, setting.Key, setting.Schema["default"]!)).ToList();

        Assert.True(faults.Count == 0, $"A form that is not touched must be valid.\n{string.Join('\n', faults)}");
    }

    /// <summary>The engine checks settings before it calls the plugin, so a case with others shows nothing.</summary>
    [Fact]
    public void The_settings_of_every_case_are_valid()
    {
        var jobs = new[] { Success, Failure, LongRun, Waits }.OfType<ConformanceCase>();
        var faults = Schemas.SelectMany(schema => jobs.SelectMany(job => SchemaCheck.Faults(schema, job.Properties))).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task It_succeeds_and_hands_on_its_outputs()
    {
        using var context = new ConformanceContext(Success);

        AssertSucceeded(await Run.ToItsEndAsync(CreatePlugin(), context, null), context);
    }

    [Fact]
    public async Task It_fails_with_a_value_and_a_dotted_code()
    {
        using var context = new ConformanceContext(Failure);

        var ending = await Run.ToItsEndAsync(CreatePlugin(), context, null);

        if (ending is not Ending.Returned { Result: NodeResult.Failed failure })
        {
            Assert.Fail($"It did not return a failure, which is how an expected one ends: {ending}{LogOf(context)}");
            return;
        }

        Assert.True(DottedCode.IsMatch(failure.Code), $"The code '{failure.Code}' is not of the form weather.no-station.");
        Assert.False(string.IsNullOrWhiteSpace(failure.Message), $"The failure {failure.Code} has no message for people.");
        if (Failure.Code is { } code) Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task It_stops_in_time_when_it_is_cancelled()
    {
        if (LongRun is { } job)
        {
            using var context = new ConformanceContext(job);
            AssertStopped(await Run.UntilCancelledAsync(CreatePlugin(), context, null), context);
            return;
        }

        foreach (var ending in await Task.WhenAll(new[] { Success, Failure, Waits }.OfType<ConformanceCase>().Select(CallBrieflyAsync)))
            Assert.False(ending is Ending.Hung, $"A call takes longer than {StopLimit}, so {nameof(LongRun)} must say how it is cancelled.");
    }

    [Fact]
    public Task It_leaves_nothing_behind() => InEveryCaseAsync(async (_, context, ending) =>
    {
        if (ending is Ending.Hung) return;

        var processes = MarkedProcesses.Of(context);
        Assert.True(processes.Count == 0, $"Processes run after the attempt has ended: {string.Join(", ", processes)}");
        var open = await CountOpenAsync(context);
        Assert.True(open == 0, $"{open} of what {PluginName} opens is open after the attempt has ended.");
    });

    [Fact]
    public async Task It_writes_to_its_log_and_not_to_the_console()
    {
        var printed = ConsoleCapture.Begin();
        await InEveryCaseAsync((_, _, _) => ValueTask.CompletedTask);

        Assert.True(printed.Length == 0, $"Nobody reads the console of a silo. This belongs in context.Log: {printed}");
    }

    [Fact]
    public async Task An_attempt_that_is_repeated_ends_as_the_first_did()
    {
        var (first, second) = await TwiceAsync(_ => ValueTask.CompletedTask);

        Assert.True(first == second, $"The first attempt, whose result was lost: {first}\nThe second: {second}");
    }

    [Fact]
    public async Task Work_that_is_idempotent_is_done_once_for_two_attempts()
    {
        int? effects = null;
        await TwiceAsync(async context => effects = await CountEffectsAsync(context));

        Assert.True(effects is null or 1, $"The work was done {effects} times for one idempotency key.");
    }

    [Fact]
    public async Task Attempts_do_not_mix()
    {
        var shared = CreatePlugin();
        foreach (var (first, second) in new[] { (Success, Failure), (Failure, Success), (Success, Success) })
        {
            var alone = await EndingsOfTwoAsync(CreatePlugin, first, second, overlap: false);
            foreach (var overlap in new[] { true, false })
            {
                var together = await EndingsOfTwoAsync(() => shared, first, second, overlap);
                Assert.True(
                    alone.SequenceEqual(together),
                    $"With an object each: {string.Join("; ", alone)}\nWith one object{(overlap ? ", at one time" : "")}: {string.Join("; ", together)}");
            }
        }
    }

    [Fact]
    public Task Secrets_stay_secret() => InEveryCaseAsync((job, context, ending) =>
    {
        var forms = SecretForms.Of(job).ToList();
        foreach (var (place, text) in SecretForms.Readable(context, ending))
            Assert.False(forms.Any(form => text.Contains(form, StringComparison.Ordinal)), $"A secret stands in the {place}.");
        return ValueTask.CompletedTask;
    });

    [Fact]
    public async Task Waiting_says_what_for_and_how_long()
    {
        if (Waits is { } job && await CallBrieflyAsync(job) is not Ending.Returned { Result: NodeResult.Waiting })
            Assert.Fail($"The case {nameof(Waits)} does not wait.");

        foreach (var ending in await Task.WhenAll(new[] { Success, Waits }.OfType<ConformanceCase>().Select(CallBrieflyAsync)))
        {
            if (ending is not Ending.Returned { Result: NodeResult.Waiting waiting }) continue;

            Assert.False(string.IsNullOrWhiteSpace(waiting.Reason), "It does not say what it waits for.");
            Assert.True(
                waiting.CheckAfter >= s_soonest && waiting.CheckAfter <= s_latest,
                $"It asks to be called again after {waiting.CheckAfter}; a second is the least, a day the most.");
        }
    }
}
