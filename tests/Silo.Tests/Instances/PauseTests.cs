using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

public sealed class PauseTests
{
    [Fact]
    public void Running_nodes_go_on_and_nothing_new_starts()
    {
        var instance = Instance.Of("a -> b(noop), a -> box{x}, a -> c, d").Pause().Finish("a");
        Assert.Equal(ExecutionStatus.Paused, instance.Status);
        Assert.Equal(["d"], instance.Ready);
        Assert.Equal("a Succeeded, b Waiting, box Waiting, box:x Planned, c Waiting, d Waiting", instance.Statuses);

        Assert.Equal(["box:x", "c", "d"], instance.Resume().Ready);
        Assert.Equal(ExecutionStatus.Running, instance.Status);
    }

    [Fact]
    public void Disabled_nodes_are_still_passed_over()
    {
        var instance = Instance.Disabling("a -> b -> c", new DisabledNode("b")).Pause().Finish("a");

        Assert.Equal("a Succeeded, b Skipped, c Waiting", instance.Statuses);
        Assert.Empty(instance.Ready);
    }

    [Fact]
    public void A_paused_execution_does_not_end_before_it_is_resumed()
    {
        var instance = Instance.Of("a").Pause().Finish("a");
        Assert.Equal(ExecutionStatus.Paused, instance.Status);

        Assert.Equal(ExecutionStatus.Succeeded, instance.Resume().Status);
    }

    [Fact]
    public void A_failure_during_the_pause_shows_when_it_is_resumed()
    {
        var instance = Instance.Of("a, b").Pause().Fail("a");
        Assert.Equal(ExecutionStatus.Paused, instance.Status);

        Assert.Equal(ExecutionStatus.Failing, instance.Resume().Status);
    }

    [Fact]
    public void A_failing_execution_is_failing_again_after_a_pause()
    {
        Assert.Equal(ExecutionStatus.Failing, Instance.Of("a, b").Fail("a").Pause().Resume().Status);
    }

    [Fact]
    public void A_failure_during_the_pause_still_cancels_all_when_that_is_the_action()
    {
        Assert.Equal(ExecutionStatus.Cancelling, Instance.Of("a, b", FailureAction.CancelAll).Pause().Fail("a").Status);
    }

    [Fact]
    public void A_back_off_that_ends_during_the_pause_waits_for_the_end_of_the_pause()
    {
        var instance = Instance.Of("a(retries=1; backoff=1000)").Fail("a").Pause().Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((NodeStatus.Waiting, WaitingOn.Frozen), (instance["a"].Status, instance["a"].WaitingOn));

        Assert.Equal(["a"], instance.Resume().Ready);
    }

    [Fact]
    public void The_slots_are_respected_after_the_pause_and_the_order_is_kept()
    {
        var instance = Instance.Of("a -> b, a -> c, a -> d", new ExecutionOptions { MaxParallelNodes = 2 }).Pause().Finish("a").Resume();

        Assert.Equal(["b", "c"], instance.Ready);
    }

    [Fact]
    public void Paused_before_the_start_it_starts_paused()
    {
        var instance = Instance.Planned("a").Pause().Start();
        Assert.Empty(instance.Ready);

        Assert.Equal(["a"], instance.Resume().Ready);
    }

    [Fact]
    public void Pausing_and_resuming_twice_is_answered_and_changes_nothing()
    {
        var instance = Instance.Of("a").Pause();
        Assert.Equal(ControlResult.Done, instance.Pause().Answer);
        Assert.Equal(ControlResult.Done, instance.Resume().Answer);
        Assert.Equal(ControlResult.Done, instance.Resume().Answer);

        Assert.Equal(2, instance.History.Count(happened => happened.Text == "ann"));
    }
}
