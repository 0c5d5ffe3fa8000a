using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Checks;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;
using static Scheduler.Silo.Tests.Torture.SampleRun;

namespace Scheduler.Silo.Tests.Torture;

/// <summary>A run in which nothing went wrong is clean, and each defect that is planted in it is found by its check.</summary>
public sealed class ChecksTests
{
    [Fact]
    public void A_run_in_which_nothing_went_wrong_is_clean()
    {
        Assert.Empty(Clean().Judge());
        Assert.True(Verdict.Of(Clean()).IsClean);
    }

    [Fact]
    public void An_acknowledged_order_without_an_execution_is_found() =>
        (Clean() with { Orders = [.. Clean().Orders, new(2, "w", 9, 0, [], CancelOrder.None)] })
            .AssertFinds("acknowledged orders", "execution 9 of w was acknowledged (order 2) and does not exist");

    [Fact]
    public void An_execution_that_was_acknowledged_twice_is_found() =>
        (Clean() with { Orders = [.. Clean().Orders, new(2, "w", Execution, 0, [], CancelOrder.None)] })
            .AssertFinds("acknowledged orders", "for the orders 1, 2");

    [Fact]
    public void An_execution_nobody_ordered_is_found_and_one_without_an_answer_is_none()
    {
        var strange = Clean() with { Executions = [Recorded, Recorded with { Id = 2 }] };

        strange.AssertFinds("acknowledged orders", "1 executions nobody was told of, and only 0 orders");
        Assert.DoesNotContain(
            (strange with { Orders = [new(1, "w", Execution, 1, [], CancelOrder.None)] }).Judge(),
            violation => violation.StartsWith("acknowledged orders", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refused_order_is_found() =>
        (Clean() with { Orders = [new(1, "w", Execution, 0, ["no such flow"], CancelOrder.None)] })
            .AssertFinds("acknowledged orders", "was refused: no such flow");

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 2 }, "version 3 of project p was acknowledged and is not stored")]
    [InlineData(new[] { 1 }, new[] { 1, 3 }, "have gaps: 1, 3")]
    public void A_lost_upload_and_a_gap_are_found(int[] acknowledged, int[] stored, string words) =>
        (Clean() with { Uploads = [new("p", acknowledged, stored)] }).AssertFinds("acknowledged uploads", words);

    [Fact]
    public void An_execution_that_has_not_ended_is_found() =>
        Clean().With(one => one with { Status = ExecutionStatus.Running }).AssertFinds("executions ended", "is still Running");

    [Fact]
    public void A_wrong_outcome_of_the_execution_is_found() =>
        Clean().With(one => one with { Status = ExecutionStatus.Failed }).AssertFinds("outcomes", "ended as Failed and not as Succeeded");

    [Fact]
    public void A_wrong_ending_of_a_node_is_found() => Clean()
        .WithRow(5, row => row with { Events = [ExecutionEvent.NodeEnded(6, B, 1, NodeStatus.Failed), row.Events[1]] })
        .AssertFinds("outcomes", "node b ended as Failed and not as Succeeded");

    [Fact]
    public void A_tolerated_failure_may_end_as_a_success_only_when_the_try_that_failed_was_lost()
    {
        var plan = Workflow.Nodes[0];
        var tolerant = Clean() with
        {
            Workflows = new Dictionary<string, PlannedWorkflow>
            {
                ["w"] = Workflow with { Nodes = [plan with { Job = plan.Job! with { IsTolerated = true } }, Workflow.Nodes[1]] },
            },
        };

        tolerant.AssertFinds("outcomes", "node a ended as Succeeded and not as Tolerated");
        Assert.Empty(Outcomes(tolerant.WithRow(3, row => row with { Events = [ExecutionEvent.NodeLost(2, A, 1, "gone"), row.Events[1]] })));

        static IEnumerable<string> Outcomes(RunEvidence run) =>
            Verdict.Of(run).Results.Single(result => result.Name == "outcomes").Violations.Select(violation => violation.Message);
    }

    [Fact]
    public void A_try_too_many_is_found() => Clean()
        .WithRow(2, row => row with { Events = [ExecutionEvent.NodeRetrying(1, A, 1, new Failure("process.signal", "9"), 1)] })
        .AssertFinds("outcomes", "was tried again 2 times and not at most 1 times");

    [Theory]
    [InlineData("gaps")]
    [InlineData("unreadable")]
    [InlineData("returned")]
    [InlineData("silent takeover")]
    [InlineData("second end")]
    [InlineData("behind the end")]
    [InlineData("other head")]
    [InlineData("attempt twice")]
    [InlineData("node twice")]
    [InlineData("out of order")]
    public void A_fault_of_the_journal_is_found(string fault)
    {
        var run = Clean();
        var adopted = ExecutionEvent.OfExecution(EventKind.ExecutionAdopted, 2, "another");
        var (spoilt, words) = fault switch
        {
            "gaps" => (run.With(one => one with { Rows = [.. one.Rows.Where(row => row.Sequence != 2)] }), "have gaps"),
            "unreadable" => (run.WithRow(2, row => row with { Fault = "odd bytes" }), "cannot be read: odd bytes"),
            "returned" => (
                run.WithRow(2, row => row with { Epoch = OtherEpoch, Events = [adopted, .. row.Events] }),
                "written by an activation that had been followed by another"),
            "silent takeover" => (run.WithRow(5, row => row with { Epoch = OtherEpoch }), "begins a takeover without saying so"),
            "second end" => (
                run.WithRow(4, row => row with { Events = [.. row.Events, ExecutionEvent.Ended(4, ExecutionStatus.Succeeded)] }),
                "its end is recorded 2 times"),
            "behind the end" => (run.WithRow(5, row => row with { Events = [.. row.Events.Reverse()] }), "something is recorded behind its end"),
            "other head" => (
                run.WithRow(5, row => row with { Events = [row.Events[0], ExecutionEvent.Ended(6, ExecutionStatus.Failed)] }),
                "its journal says Failed, its head Succeeded"),
            "attempt twice" => (
                run.WithRow(4, row => row with { Events = [ExecutionEvent.NodeLost(4, A, 2, "gone"), .. row.Events] }),
                "has an attempt that ended more than once"),
            "node twice" => (
                run.WithRow(5, row => row with { Events = [ExecutionEvent.NodeEnded(5, A, 3, NodeStatus.Succeeded), .. row.Events] }),
                "has succeeded more than once"),
            _ => (
                run.WithRow(3, row => row with { Events = [ExecutionEvent.NodeLost(3, A, 3, "gone"), .. row.Events] }),
                "has attempts that ended out of order"),
        };

        spoilt.AssertFinds("journal: each ending once", words);
    }

    [Fact]
    public void A_takeover_that_says_so_is_no_fault() => Assert.Empty(Clean()
        .WithRow(5, row => row with
        {
            Epoch = OtherEpoch,
            Events = [ExecutionEvent.OfExecution(EventKind.ExecutionAdopted, 5, "another"), .. row.Events],
        }).Judge());

    [Fact]
    public void A_success_the_job_never_spoke_of_is_found() =>
        Clean().WithoutLines(" b 1 end ").AssertFinds("jobs ran as recorded", "the job never said so");

    [Fact]
    public void A_job_of_an_unknown_execution_is_found() =>
        Clean().WithLines("7" + Line("a", 1, "start", 1)[1..]).AssertFinds("jobs ran as recorded", "execution 7, which does not exist");

    [Fact]
    public void A_job_of_an_unknown_node_is_found() =>
        Clean().WithLines(Line("c", 1, "start", 1)).AssertFinds("jobs ran as recorded", "a node that it does not have: c");

    [Fact]
    public void An_attempt_without_a_recorded_end_is_found() =>
        Clean().WithLines(Line("b", 2, "start", 7)).AssertFinds("jobs ran as recorded", "ran attempt 2, of which the journal has no end");

    [Fact]
    public void A_run_behind_a_success_is_found() =>
        Clean().WithLines(Line("b", 2, "start", 7)).AssertFinds("jobs ran as recorded", "ran again after it had succeeded");

    [Fact]
    public void A_torn_line_of_a_ledger_is_found() =>
        Clean().WithLines("1 a 1 sta").AssertFinds("jobs ran as recorded", "a line of a ledger is broken");

    [Fact]
    public void An_interrupted_attempt_is_an_ended_one() => Assert.Empty(Clean()
        .WithRow(5, row => row with
        {
            Events =
            [
                ExecutionEvent.NodeInterrupted(5, B, 1, "stopping"),
                ExecutionEvent.NodeEnded(6, B, 2, NodeStatus.Succeeded),
                row.Events[1],
            ],
        })
        .WithoutLines(" b 1 end ").WithLines(Line("b", 2, "start", 6, pid: 103), Line("b", 2, "end", 7, pid: 103))
        .WithLogs(LogOf(B, 2)).Judge());

    [Fact]
    public void Two_tries_whose_times_overlap_are_found() =>
        Clean().WithLines(Line("b", 2, "start", 5, pid: 103)).AssertFinds("one try at a time", "attempt 2 started while attempt 1 ran");

    [Fact]
    public void A_try_that_another_has_seen_is_found() => Clean()
        .WithoutLines(" b 1 end ").WithLines(Line("b", 2, "start", 8, pid: 103), Line("b", 2, "beside", 8, pid: 103, beside: "1 102"))
        .AssertFinds("one try at a time", "attempt 2 started while attempt 1 ran");

    [Fact]
    public void A_frozen_silo_is_no_excuse_for_two_tries_at_once()
    {
        var frozen = Clean() with { Lives = [Life with { Freezes = [new(Start.AddSeconds(4), Start.AddSeconds(20))] }] };

        frozen.WithLines(Line("b", 2, "start", 5, pid: 103)).AssertFinds("one try at a time", "1000 ms after the silo of the earlier had been frozen");
    }

    [Fact]
    public void A_child_that_starts_before_its_parent_has_ended_is_found() =>
        Clean().WithLines(Line("b", 1, "start", 2, pid: 102)).AssertFinds("nodes wait for their parents", "2000 ms before a had ended");

    [Theory]
    [InlineData("FAILED", "SUCCEEDED", "is Succeeded and shown as FAILED")]
    [InlineData("SUCCEEDED", "FAILED", "node b is Succeeded and shown as FAILED")]
    public void A_view_that_differs_from_the_journal_is_found(string execution, string node, string words) =>
        (Clean() with { Seen = [new(Execution, execution, new Dictionary<string, string> { ["a"] = "SUCCEEDED", ["b"] = node })] })
            .AssertFinds("the API shows what is recorded", words);

    [Fact]
    public void An_execution_that_cannot_be_read_is_found() =>
        (Clean() with { Seen = [new(Execution, "", new Dictionary<string, string>(), "500 Internal error.")] })
            .AssertFinds("the API shows what is recorded", "cannot be read: 500");

    [Theory]
    [InlineData(13)]
    [InlineData(11)]
    public void A_hole_and_an_overlap_of_a_log_are_found(long position) =>
        Clean().WithLogs(LogOf(B, 1) with { Chunks = [LogOf(B, 1).Chunks[0], new(position, "line 2 of 2\n")] })
            .AssertFinds("logs", $"goes on at byte {position} behind byte 12");

    [Fact]
    public void A_log_that_lacks_a_line_is_found() =>
        Clean().WithLogs(LogOf(B, 1) with { Chunks = [LogOf(B, 1).Chunks[0]] })
            .AssertFinds("logs", "the log of attempt 1 has the lines 1 and not 1 to 2");

    [Fact]
    public void A_log_that_is_missing_is_found() =>
        (Clean() with { Logs = [LogOf(A, 1), LogOf(B, 1)] }).AssertFinds("logs", "the log of attempt 2 has the lines  and not 1 to 2");

    [Fact]
    public void Pages_that_are_not_the_whole_are_found() =>
        (Clean() with { PagedLogs = [new(Execution, "a", "text", "tex")] }).AssertFinds("logs", "is another in pages than as a whole");

    [Theory]
    [InlineData((int)LifeEnd.ByItself, 139, "ended by itself with exit code 139")]
    [InlineData((int)LifeEnd.TerminatedInVain, 137, "did not end after SIGTERM")]
    [InlineData((int)LifeEnd.Terminated, 1, "ended with exit code 1 after SIGTERM")]
    public void A_silo_that_does_not_end_as_it_is_told_is_found(int end, int code, string words) =>
        (Clean() with { Lives = [Life with { End = (LifeEnd)end, ExitCode = code }] }).AssertFinds("silos end as they are told", words);

    [Fact]
    public void A_silo_that_cries_is_found() =>
        (Clean() with { Lives = [Life with { Cries = ["Unhandled exception. Oh no"] }] }).AssertFinds("silos end as they are told", "Oh no");

    [Fact]
    public void A_silo_that_leaves_after_a_thaw_is_right() => Assert.Empty((Clean() with
    {
        Lives = [Life with { End = LifeEnd.ByItself, ExitCode = 134, Freezes = [new(Start.AddSeconds(20), Start.AddSeconds(50))] }],
    }).Judge());

    [Fact]
    public void A_silo_that_stays_away_is_found() =>
        (Clean() with { Absent = ["silo 2 was not ready"] }).AssertFinds("silos end as they are told", "silo 2 was not ready");

    [Fact]
    public void An_orphan_is_found() =>
        (Clean() with { Orphans = ["process 7: sleep 1000"] }).AssertFinds("no process is left", "process 7: sleep 1000");
}

file static class Spoiling
{
    /// <summary>With logs that take the place of those of the same attempt.</summary>
    public static RunEvidence WithLogs(this RunEvidence run, params StoredLog[] logs) => run with
    {
        Logs = [.. run.Logs.Where(log => !logs.Any(other => (other.Node, other.Attempt) == (log.Node, log.Attempt))), .. logs],
    };
}
