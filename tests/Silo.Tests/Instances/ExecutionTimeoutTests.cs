using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>What <c>flow.timeout</c> does.</summary>
public sealed class ExecutionTimeoutTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void When_its_time_is_up_everything_is_stopped_and_it_ends_once_nothing_runs()
    {
        var instance = Instance.Of("a, b -> c, d(retries=1; backoff=99999)", Instance.Within("1m")).Begin("a").Fail("d");
        Assert.Equal(Instance.Noon + Minute, instance.Machine.WakeAt);

        instance.Wait(Minute);
        Assert.Equal(("a Cancelling, b Cancelling, c Planned, d Cancelled", ExecutionStatus.Cancelling), (instance.Statuses, instance.Status));

        instance.Stopped("a", "b");
        Assert.Equal(("a Cancelled, b Cancelled, c Omitted, d Cancelled", ExecutionStatus.TimedOut), (instance.Statuses, instance.Status));
        Assert.Equal("the execution has timed out", instance["c"].Reason);
    }

    [Fact]
    public void Time_goes_on_while_it_is_paused()
    {
        Assert.Equal(ExecutionStatus.TimedOut, Instance.Of("a", Instance.Within("1m")).Pause().Finish("a").Wait(Minute).Status);
    }

    [Fact]
    public void A_cancel_that_comes_first_decides_and_one_that_comes_later_changes_nothing()
    {
        Assert.Equal(ExecutionStatus.Cancelled, Instance.Of("a", Instance.Within("1m")).Cancel().Wait(Minute).Stopped("a").Status);
        Assert.Equal(ExecutionStatus.TimedOut, Instance.Of("a", Instance.Within("1m")).Wait(Minute).Cancel().Stopped("a").Status);
    }

    [Fact]
    public void Nothing_can_be_tried_again_any_more()
    {
        var instance = Instance.Of("a, b", Instance.Within("1m")).Fail("a").Wait(Minute).RetryFailed();
        Assert.Equal(ControlResult.Cancelling, instance.Answer);

        Assert.Equal(ControlResult.NotActive, instance.Stopped("b").RetryFailed().Answer);
    }

    [Fact]
    public void It_outranks_the_time_out_of_a_node_that_ends_at_the_same_moment()
    {
        var instance = Instance.Of("a(job.timeout=1m; job.timeout.retries=5)", Instance.Within("1m")).Begin("a").Wait(Minute).Stopped("a");

        Assert.Equal(("a Cancelled", ExecutionStatus.TimedOut), (instance.Statuses, instance.Status));
    }

    [Fact]
    public void A_parameter_outranks_the_workflow_and_the_workflow_the_default_of_the_engine()
    {
        var workflow = GraphText.Compile("a", new Dictionary<string, string> { ["flow.timeout"] = "2m" });

        Assert.Equal(1 * Minute, Of(workflow, Instance.Within("1m")));
        Assert.Equal(TimeSpan.Zero, Of(workflow, Instance.Within("none")));
        Assert.Equal(2 * Minute, Of(workflow, new ExecutionOptions()));
        Assert.Equal(3 * Minute, Of(GraphText.Compile("a"), new ExecutionOptions()));
    }

    [Fact]
    public void In_the_older_format_the_last_node_speaks_for_the_workflow()
    {
        Assert.Equal(2 * Minute, Of(GraphText.Compile("a -> flow(flow.timeout=2m)"), new ExecutionOptions()));
        Assert.Equal(3 * Minute, Of(GraphText.Compile("a(flow.timeout=2m) -> flow"), new ExecutionOptions()));
    }

    private static TimeSpan Of(ExecutionGraph graph, ExecutionOptions options) => ExecutionSettings.Of(graph, options, 3 * Minute).Timeout;
}
