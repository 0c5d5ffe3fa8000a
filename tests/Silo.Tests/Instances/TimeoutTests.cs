using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>What <c>job.timeout</c> and <c>job.timeout.retries</c> do.</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void An_attempt_that_runs_too_long_is_stopped_and_times_out_when_nothing_of_it_runs_any_more()
    {
        var instance = Instance.Of("a(job.timeout=2)").Begin("a");
        Assert.Equal([ExecutionCommand.WakeAt(Instance.Noon.AddSeconds(2))], instance.Commands);

        instance.Wait(2 * Second);
        Assert.Equal("a Cancelling", instance.Statuses);
        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Stop, 0, 1)], instance.Commands);

        instance.Stopped("a");
        Assert.Equal(("a TimedOut", ExecutionStatus.Failed), (instance.Statuses, instance.Status));
        Assert.Equal("It ran longer than 2s", instance["a"].Reason);
    }

    [Fact]
    public void Time_in_the_queue_does_not_count()
    {
        var instance = Instance.Of("a(job.timeout=2)").Wait(10 * Second);
        Assert.Null(instance.Machine.WakeAt);

        Assert.Equal("a Running", instance.Begin("a").Wait(1 * Second).Statuses);
        Assert.Equal("a Cancelling", instance.Wait(1 * Second).Statuses);
    }

    [Fact]
    public void A_success_counts_until_the_stop_is_recorded_however_late_it_comes()
    {
        var instance = Instance.Of("a(job.timeout=2), b").Begin("a");
        instance.Machine.Handle(new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Succeeded(new Dictionary<string, string>())), Instance.Noon.AddSeconds(9), new());
        Assert.Equal(NodeStatus.Succeeded, instance["a"].Status);

        Assert.Equal("a TimedOut", Instance.Of("a(job.timeout=2)").Begin("a").Wait(2 * Second).Finish("a").Statuses);
    }

    [Fact]
    public void Whatever_a_stopped_attempt_reports_it_has_timed_out()
    {
        Assert.Equal("a TimedOut", TimingOut("retries=5").Fail("a").Statuses);
        Assert.Equal("a TimedOut", TimingOut("retries=5").Lose("a").Statuses);
        Assert.Equal("a TimedOut", TimingOut("retries=5").Interrupt("a").Statuses);
    }

    [Fact]
    public void A_time_out_has_further_attempts_of_its_own()
    {
        var instance = TimingOut("job.timeout.retries=1").Stopped("a");
        Assert.Equal(["a"], instance.Ready);
        Assert.Equal(new PastAttempt(1, NodeStatus.TimedOut, Instance.Noon, instance.Now, "It ran longer than 2s"), Assert.Single(instance["a"].PastAttempts));

        instance.Begin("a").Wait(1 * Second);
        Assert.Equal("a Running", instance.Statuses);

        Assert.Equal("a TimedOut", instance.Wait(1 * Second).Stopped("a").Statuses);
    }

    [Fact]
    public void Failures_losses_and_time_outs_are_paid_for_apart()
    {
        var instance = Instance.Of("a(job.timeout=2; job.timeout.retries=1; retries=1)")
            .Lose("a", "a", "a").Interrupt("a").Fail("a").Begin("a").Wait(2 * Second).Stopped("a");

        Assert.Equal(("a Waiting", 7), (instance.Statuses, instance["a"].Attempt));
        Assert.Equal(
            ["silo gone", "silo gone", "silo gone", "silo stops", "it broke", "It ran longer than 2s"],
            instance["a"].PastAttempts.Select(past => past.Reason));
        Assert.Equal("a Failed", instance.Fail("a").Statuses);
    }

    [Fact]
    public void The_next_attempt_waits_for_the_back_off()
    {
        var instance = TimingOut("job.timeout.retries=1; backoff=5000").Stopped("a");

        Assert.Equal((WaitingOn.Time, instance.Now.AddSeconds(5)), (instance["a"].WaitingOn, instance.Machine.WakeAt!.Value));
        Assert.Equal(["a"], instance.Wait(5 * Second).Ready);
    }

    [Fact]
    public void It_counts_as_a_failure_for_whatever_depends_on_it()
    {
        Assert.Equal(
            "a TimedOut, b Waiting, c Omitted",
            Instance.Of("a(job.timeout=2) -> b(if=one_failed), a -> c(if=all_success)", FailureAction.FinishPossible)
                .Begin("a").Wait(2 * Second).Stopped("a").Statuses);
        Assert.Equal("a Tolerated", TimingOut("tolerant; job.timeout.retries=3").Stopped("a").Statuses);
    }

    [Fact]
    public void An_embedded_workflow_in_which_a_node_timed_out_has_failed()
    {
        var instance = Instance.Of("box{x, y}(job.timeout=2) -> z").Begin("box:x").Wait(2 * Second).Stopped("box:x");
        Assert.Equal("box Failing, box:x TimedOut, box:y Waiting, z Planned", instance.Statuses);

        Assert.Equal("box Failed, box:x TimedOut, box:y Succeeded, z Omitted", instance.Finish("box:y").Statuses);
    }

    [Fact]
    public void A_person_who_cancels_meanwhile_is_obeyed_without_a_second_stop()
    {
        var instance = TimingOut("job.timeout.retries=3").Cancel();
        Assert.DoesNotContain(instance.Commands, command => command.Kind == CommandKind.Stop);

        Assert.Equal(("a Cancelled", ExecutionStatus.Cancelled), (instance.Stopped("a").Statuses, instance.Status));
    }

    [Fact]
    public void A_person_who_retries_the_node_grants_a_new_budget()
    {
        var instance = Instance.Of("a(job.timeout=2; job.timeout.retries=1), b", FailureAction.FinishPossible)
            .Begin("a").Wait(2 * Second).Stopped("a").Begin("a").Wait(2 * Second).Stopped("a").RetryFailed()
            .Begin("a").Wait(2 * Second).Stopped("a");

        Assert.Equal(["a", "b"], instance.Ready);
    }

    [Fact]
    public void One_wake_up_is_for_the_nearest_deadline()
    {
        var instance = Instance.Of("a(job.timeout=30), b(job.timeout=20), c(retries=1; backoff=25000), d").Begin("a", "b", "d").Fail("c");
        Assert.Equal(Instance.Noon.AddSeconds(20), instance.Machine.WakeAt);

        Assert.Equal(Instance.Noon.AddSeconds(25), instance.Finish("b").Machine.WakeAt);
        Assert.Equal(Instance.Noon.AddSeconds(30), instance.Wait(25 * Second).Machine.WakeAt);
    }

    [Fact]
    public void After_a_takeover_the_time_that_is_left_counts()
    {
        var instance = Instance.Of("a(job.timeout=30; job.timeout.retries=1)").Begin("a").Wait(20 * Second);

        var restored = ExecutionMachine.Restore(instance.Graph, new ExecutionOptions(), default, instance.Rows);
        Assert.Equal(Instance.Noon.AddSeconds(30), restored.WakeAt);
    }

    [Fact]
    public void Nodes_without_a_time_out_ask_for_no_wake_up()
    {
        Assert.Empty(Instance.Of("a -> b").Begin("a").Commands);
    }

    private static Instance TimingOut(string attributes) => Instance.Of($"a(job.timeout=2; {attributes})").Begin("a").Wait(2 * Second);
}
