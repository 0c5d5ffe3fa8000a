using System.Text;
using CsCheck;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class ExecutionLogTests
{
    [Fact]
    public void Every_change_is_a_line_in_the_format_of_azkaban()
    {
        var instance = Instance.Of("box{x(retries=1; backoff=500)} -> b")
            .Begin("box:x").Fail("box:x").Wait(TimeSpan.FromSeconds(1)).Lose("box:x").Fail("box:x");

        Assert.Equal(
            """
            01-03-2026 12:00:00 UTC flow INFO - Running flow 'flow'.
            01-03-2026 12:00:00 UTC flow INFO - Job 'box' has started, attempt 1.
            01-03-2026 12:00:00 UTC flow INFO - Job 'box:x' is queued, attempt 1.
            01-03-2026 12:00:00 UTC flow INFO - Job 'box:x' has started, attempt 1.
            01-03-2026 12:00:00 UTC flow ERROR - Job 'box:x' has failed, attempt 1: it broke (test.failed); it is tried again in 500 ms.
            01-03-2026 12:00:01 UTC flow INFO - Job 'box:x' is queued, attempt 2.
            01-03-2026 12:00:01 UTC flow ERROR - Job 'box:x' was lost, attempt 2: silo gone; it is started again.
            01-03-2026 12:00:01 UTC flow INFO - Job 'box:x' is queued, attempt 3.
            01-03-2026 12:00:01 UTC flow ERROR - Job 'box:x' has ended as failed, attempt 3: it broke (test.failed).
            01-03-2026 12:00:01 UTC flow ERROR - Flow 'box' has failed; other jobs in it may still end.
            01-03-2026 12:00:01 UTC flow ERROR - Flow 'flow' has failed; other jobs may still end.
            01-03-2026 12:00:01 UTC flow ERROR - Job 'box' has ended as failed, attempt 1.
            01-03-2026 12:00:01 UTC flow INFO - Job 'b' does not run: the execution has failed and starts nothing new.
            01-03-2026 12:00:01 UTC flow INFO - Flow 'flow' has ended as failed.

            """,
            Render(instance));
    }

    [Fact]
    public void Orders_name_the_person()
    {
        var text = Render(Instance.Of("a, b").Pause().Resume().Fail("a").RetryFailed().Cancel());

        Assert.Contains("INFO - Paused by ann.\n", text);
        Assert.Contains("INFO - Resumed by ann.\n", text);
        Assert.Contains("INFO - Failed jobs get another try, by order of ann.\n", text);
        Assert.Contains("INFO - Cancelled by ann.\n", text);
    }

    [Fact]
    public void Time_outs_say_what_took_too_long()
    {
        var instance = Instance.Of("a(job.timeout=90; job.timeout.retries=1)", Instance.Within("2m")).Begin("a").Wait(TimeSpan.FromSeconds(90))
            .Stopped("a").Begin("a").Wait(TimeSpan.FromSeconds(30)).Stopped("a");

        Assert.EndsWith(
            """
            01-03-2026 12:01:30 UTC flow ERROR - Job 'a' has run longer than it may, attempt 1; stopping it.
            01-03-2026 12:01:30 UTC flow ERROR - Job 'a' has timed out, attempt 1: It ran longer than 90s (node.timeout); it is tried again.
            01-03-2026 12:01:30 UTC flow INFO - Job 'a' is queued, attempt 2.
            01-03-2026 12:01:30 UTC flow INFO - Job 'a' has started, attempt 2.
            01-03-2026 12:02:00 UTC flow ERROR - Flow 'flow' has run longer than 2m; stopping everything.
            01-03-2026 12:02:00 UTC flow INFO - Stopping job 'a', attempt 2.
            01-03-2026 12:02:00 UTC flow ERROR - Job 'a' has ended as cancelled, attempt 2.
            01-03-2026 12:02:00 UTC flow INFO - Flow 'flow' has ended as timedout.

            """,
            Render(instance));
    }

    [Fact]
    public void A_line_break_in_a_users_text_does_not_make_a_line()
    {
        var instance = Instance.Of("a").Handle(new ExecutionInput.Cancel("ann\r\n01-03-2026 forged"));

        Assert.Equal(instance.History.Count, Render(instance).Count(character => character == '\n'));
        Assert.Contains("Cancelled by ann  01-03-2026 forged.", Render(instance));
    }

    [Fact]
    public void More_rows_only_add_bytes()
    {
        Scenarios.Scenario.Sample(scenario =>
        {
            var run = Run.ToTheEnd(scenario);
            var whole = ExecutionLog.Render(run.Graph, run.Rows);
            var part = ExecutionLog.Render(run.Graph, run.Rows.Take(run.Rows.Count / 2));

            Assert.True(whole.AsSpan().StartsWith(part));
        }, iter: 300);
    }

    private static string Render(Instance instance) => Encoding.UTF8.GetString(ExecutionLog.Render(instance.Graph, instance.Rows));
}
