using System.Globalization;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Keys;

namespace Scheduler.Contracts.Tests.Keys;

/// <summary>Windows and policies of KEY nodes (semantics C3).</summary>
public sealed class KeySelectionTests
{
    private static readonly TimeZoneInfo s_shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(KeyWindow.SameDay, "2026-03-10T00:00+08:00", "2026-03-11T00:00+08:00")]
    [InlineData(KeyWindow.PreviousDay, "2026-03-09T00:00+08:00", "2026-03-10T00:00+08:00")]
    [InlineData(KeyWindow.LastDays, "2026-03-04T00:00+08:00", "2026-03-11T00:00+08:00")]
    public void A_window_is_made_of_run_dates_in_the_zone(KeyWindow window, string from, string to) =>
        Assert.Equal((At(from), At(to)), KeySelection.RangeOf(Question(window, scheduledAt: "2026-03-09T23:30Z") with { Days = 7 }, s_shanghai));

    [Fact]
    public void The_last_24_hours_end_with_the_schedule_instant_itself()
    {
        var (from, to) = KeySelection.RangeOf(Question(KeyWindow.Last24Hours, scheduledAt: "2026-03-10T06:00Z"), s_shanghai);

        Assert.True(from > At("2026-03-09T06:00Z") && from < At("2026-03-09T06:00:01Z"));
        Assert.True(to > At("2026-03-10T06:00Z"));
    }

    [Theory]
    [InlineData(KeyCycle.Hour, "2026-03-12T05:00Z")]
    [InlineData(KeyCycle.Day, "2026-03-12T00:00+08:00")]
    [InlineData(KeyCycle.Week, "2026-03-09T00:00+08:00")]
    [InlineData(KeyCycle.Month, "2026-03-01T00:00+08:00")]
    public void The_previous_cycle_ends_where_the_own_one_begins(KeyCycle cycle, string to)
    {
        var question = Question(KeyWindow.PreviousCycle, scheduledAt: "2026-03-12T05:40Z") with { Cycle = cycle };

        Assert.Equal(At(to), KeySelection.RangeOf(question, s_shanghai).To);
    }

    [Theory]
    [InlineData("2026-03-29T10:00Z", 23)]
    [InlineData("2026-10-25T10:00Z", 25)]
    public void A_day_on_which_clocks_change_has_its_own_length(string scheduledAt, int hours)
    {
        var (from, to) = KeySelection.RangeOf(Question(KeyWindow.SameDay, scheduledAt: scheduledAt), s_berlin);

        Assert.Equal(TimeSpan.FromHours(hours), to - from);
    }

    [Theory]
    [InlineData(KeyPolicy.All, "1,2,3")]
    [InlineData(KeyPolicy.First, "1")]
    [InlineData(KeyPolicy.Last, "3")]
    [InlineData(KeyPolicy.NearestBefore, "2")]
    [InlineData(KeyPolicy.NearestAfter, "3")]
    public void A_policy_says_which_of_the_window_count(KeyPolicy policy, string expected)
    {
        var question = Question(KeyWindow.SameDay, scheduledAt: "2026-03-10T12:30Z") with { Policy = policy };
        KeyCandidate[] candidates = [Run(3, "2026-03-10T14:00Z"), Run(1, "2026-03-10T08:00Z"), Run(2, "2026-03-10T12:00Z")];

        Assert.Equal(expected, string.Join(',', KeySelection.Choose(question, candidates).Select(one => one.ExecutionId)));
    }

    [Fact]
    public void Of_the_previous_cycle_the_latest_counts_whatever_the_policy()
    {
        var question = Question(KeyWindow.PreviousCycle) with { Policy = KeyPolicy.All };

        Assert.Equal(2, Assert.Single(KeySelection.Choose(question, [Run(1, "2026-03-08T01:00Z"), Run(2, "2026-03-09T01:00Z")])).ExecutionId);
    }

    [Fact]
    public void A_failure_that_a_later_run_has_made_good_does_not_hold_anybody()
    {
        KeyCandidate[] candidates =
            [Run(1, "2026-03-10T01:00Z", ExecutionStatus.Failed), Run(2, "2026-03-10T02:00Z"), Run(3, "2026-03-10T03:00Z", ExecutionStatus.Failed)];
        var question = Question(KeyWindow.SameDay);

        Assert.Equal([2L, 3L], KeySelection.Choose(question, candidates).Select(one => one.ExecutionId));
        Assert.Equal([2L], Assert.IsType<KeyAnswer.Satisfied>(KeySelection.Judge(question, KeySelection.Choose(question, candidates[..2]))).Executions);
    }

    [Theory]
    [InlineData(ExecutionStatus.Running, "Execution 1 of sales/load has not ended")]
    [InlineData(ExecutionStatus.Failed, "Execution 1 of sales/load ended as Failed; run it again")]
    [InlineData(ExecutionStatus.Cancelled, "Execution 1 of sales/load ended as Cancelled; run it again")]
    [InlineData(null, "sales/load has not been run yet in the time that counts")]
    public void What_is_missing_is_said_in_words(ExecutionStatus? status, string reason)
    {
        KeyCandidate[] chosen = status is { } known ? [Run(1, "2026-03-10T01:00Z", known)] : [];

        Assert.Equal(new KeyAnswer.Open(reason), KeySelection.Judge(Question(KeyWindow.SameDay), chosen));
    }

    private static KeyQuestion Question(KeyWindow window, string scheduledAt = "2026-03-10T06:00Z") => new()
    {
        ProjectName = "sales",
        WorkflowId = "load",
        AskingProject = "reports",
        AskingExecution = 99,
        AskedBy = "admin",
        ScheduledAt = At(scheduledAt),
        Window = window,
    };

    private static KeyCandidate Run(long id, string at, ExecutionStatus status = ExecutionStatus.Succeeded) => new(id, At(at), status);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
