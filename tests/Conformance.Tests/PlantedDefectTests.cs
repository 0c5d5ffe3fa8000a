using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>Each planted defect is found by the fact that is meant for it, and by no other.</summary>
public sealed class PlantedDefectTests
{
    [Fact]
    public async Task A_plugin_without_fault_satisfies_every_fact() =>
        Assert.Empty(await Facts.ThatFailAsync(() => new CopyConformance(() => new CopyPlugin())));

    [Fact]
    public async Task A_reattaching_plugin_without_fault_satisfies_every_fact() =>
        Assert.Empty(await Facts.ThatFailAsync(() => new QueryConformance(server => new QueryPlugin(server))));

    [Theory]
    [InlineData(typeof(Defects.HasNoNodeType), nameof(PluginConformance.It_names_the_node_types_that_it_runs))]
    [InlineData(typeof(Defects.HasABadId), nameof(PluginConformance.It_names_the_node_types_that_it_runs))]
    [InlineData(typeof(Defects.HasASettingThatNoTextStandsFor), nameof(PluginConformance.Every_setting_is_one_that_a_text_can_stand_for))]
    [InlineData(typeof(Defects.HasASettingWithoutTexts), nameof(PluginConformance.Every_setting_has_its_texts_in_English_and_Chinese))]
    [InlineData(typeof(Defects.DescribesASettingInEnglishOnly), nameof(PluginConformance.Every_setting_has_its_texts_in_English_and_Chinese))]
    [InlineData(typeof(Defects.HasADefaultThatIsNotAllowed), nameof(PluginConformance.Every_default_satisfies_its_setting))]
    [InlineData(typeof(Defects.RequiresASettingThatTheCasesDoNotGive), nameof(PluginConformance.The_settings_of_every_case_are_valid))]
    [InlineData(typeof(Defects.LosesAnOutput), nameof(PluginConformance.It_succeeds_and_hands_on_its_outputs))]
    [InlineData(typeof(Defects.HandsOnAWrongValue), nameof(PluginConformance.It_succeeds_and_hands_on_its_outputs))]
    [InlineData(typeof(Defects.ThrowsInsteadOfFailing), nameof(PluginConformance.It_fails_with_a_value_and_a_dotted_code))]
    [InlineData(typeof(Defects.FailsWithABareWord), nameof(PluginConformance.It_fails_with_a_value_and_a_dotted_code))]
    [InlineData(typeof(Defects.IgnoresCancel), nameof(PluginConformance.It_stops_in_time_when_it_is_cancelled))]
    [InlineData(typeof(Defects.BlocksWhenItIsCancelled), nameof(PluginConformance.It_stops_in_time_when_it_is_cancelled))]
    [InlineData(typeof(Defects.BreaksWhenItIsCancelled), nameof(PluginConformance.It_stops_in_time_when_it_is_cancelled))]
    [InlineData(typeof(Defects.LeavesAChildProcess), nameof(PluginConformance.It_leaves_nothing_behind))]
    [InlineData(typeof(Defects.LeavesAFileOpen), nameof(PluginConformance.It_leaves_nothing_behind))]
    [InlineData(typeof(Defects.PrintsToTheConsole), nameof(PluginConformance.It_writes_to_its_log_and_not_to_the_console))]
    [InlineData(typeof(Defects.StumblesOverItsOwnRest), nameof(PluginConformance.An_attempt_that_is_repeated_ends_as_the_first_did))]
    [InlineData(typeof(Defects.WorksTwice), nameof(PluginConformance.Work_that_is_idempotent_is_done_once_for_two_attempts))]
    [InlineData(typeof(Defects.KeepsTheSettingsOfAnotherAttempt), nameof(PluginConformance.Attempts_do_not_mix))]
    [InlineData(typeof(Defects.CountsItsAttempts), nameof(PluginConformance.Attempts_do_not_mix))]
    [InlineData(typeof(Defects.LogsASecret), nameof(PluginConformance.Secrets_stay_secret))]
    [InlineData(typeof(Defects.ShowsASecretInAUrl), nameof(PluginConformance.Secrets_stay_secret))]
    [InlineData(typeof(Defects.SavesASecret), nameof(PluginConformance.Secrets_stay_secret))]
    public async Task A_defect_is_found_by_its_fact_alone(Type plugin, string fact) =>
        Assert.Equal([fact], await Facts.ThatFailAsync(() => new OpenFilesConformance(() => (INodePlugin)Activator.CreateInstance(plugin)!)));

    [Theory]
    [InlineData(typeof(Defects.WaitsTooShort))]
    [InlineData(typeof(Defects.WaitsForNothingInParticular))]
    [InlineData(typeof(CopyPlugin))]
    public async Task Waiting_has_a_fact_of_its_own(Type plugin) =>
        Assert.Equal(
            [nameof(PluginConformance.Waiting_says_what_for_and_how_long)],
            await Facts.ThatFailAsync(() => new WaitingConformance(() => (INodePlugin)Activator.CreateInstance(plugin)!)));

    [Fact]
    public async Task A_plugin_that_waits_well_satisfies_every_fact() =>
        Assert.Empty(await Facts.ThatFailAsync(() => new WaitingConformance(() => new Defects.Waits())));

    [Theory]
    [InlineData(typeof(QueryDefects.SavesNoHandle), nameof(ReattachingPluginConformance.It_saves_a_handle_that_finds_its_work))]
    [InlineData(typeof(QueryDefects.StartsAgain), nameof(ReattachingPluginConformance.It_takes_over_with_its_handle_instead_of_starting_again))]
    [InlineData(typeof(QueryDefects.LeavesTheQueryWhenItIsCancelled), nameof(ReattachingPluginConformance.It_ends_the_work_when_it_is_cancelled))]
    [InlineData(typeof(QueryDefects.IgnoresCancelAfterItHasTakenOver), nameof(ReattachingPluginConformance.It_can_be_cancelled_after_it_has_taken_over))]
    [InlineData(typeof(QueryDefects.KillsNothing), nameof(ReattachingPluginConformance.Killing_ends_the_work_and_may_be_repeated))]
    [InlineData(typeof(QueryDefects.StumblesOverASecondKill), nameof(ReattachingPluginConformance.Killing_ends_the_work_and_may_be_repeated))]
    public async Task A_defect_of_reattaching_is_found_by_its_fact_alone(Type plugin, string fact) =>
        Assert.Equal([fact], await Facts.ThatFailAsync(() => new QueryConformance(server => (INodePlugin)Activator.CreateInstance(plugin, server)!)));

    private sealed class WaitingConformance(Func<INodePlugin> create) : CopyConformance(create)
    {
        protected override ConformanceCase? Waits => new() { Properties = { ["from"] = "later" } };
    }

    private sealed class OpenFilesConformance(Func<INodePlugin> create) : CopyConformance(create)
    {
        protected override ValueTask<int> CountOpenAsync(ConformanceContext context)
        {
            lock (Defects.LeavesAFileOpen.Open)
                return new(Defects.LeavesAFileOpen.Open.Count(file => Path.GetDirectoryName(file.Name) == context.Folder.Path));
        }
    }
}
