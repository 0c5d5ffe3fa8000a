using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>A person gives what has failed another try while the execution is still going.</summary>
public sealed class RetryFailedTests
{
    [Fact]
    public void Failed_nodes_get_a_new_attempt_and_omitted_ones_wait_again()
    {
        var instance = Instance.Of("a -> b -> c, d").Fail("a").RetryFailed();
        Assert.Equal(ExecutionStatus.Running, instance.Status);
        Assert.Equal("a Waiting, b Planned, c Planned, d Waiting", instance.Statuses);
        Assert.Equal((2, 1), (instance["a"].Attempt, instance["b"].Attempt));
        Assert.Equal(NodeStatus.Failed, Assert.Single(instance["a"].PastAttempts).Status);

        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("a", "b", "c", "d").Status);
    }

    [Fact]
    public void What_has_succeeded_stays()
    {
        var instance = Instance.Of("a -> b -> c, d").Finish("a").Fail("b").RetryFailed();

        Assert.Equal(["b", "d"], instance.Ready);
    }

    [Fact]
    public void Skipped_nodes_are_disabled_again_and_skipped_again()
    {
        var instance = Instance.Disabling("a -> b -> c, d", new DisabledNode("b")).Fail("a");
        Assert.Equal("a Failed, b Skipped, c Omitted, d Waiting", instance.Statuses);

        instance.RetryFailed();
        Assert.Equal("a Waiting, b Disabled, c Planned, d Waiting", instance.Statuses);
        Assert.Equal("a Succeeded, b Skipped, c Waiting, d Waiting", instance.Finish("a").Statuses);
    }

    [Fact]
    public void Containers_that_have_failed_run_again_with_what_failed_in_them()
    {
        var instance = Instance.Of("box{x -> y, z} -> b, c", FailureAction.FinishPossible).Finish("box:z").Fail("box:x");
        Assert.Equal("b Omitted, box Failed, box:x Failed, box:y Omitted, box:z Succeeded, c Waiting", instance.Statuses);

        instance.RetryFailed();
        Assert.Equal("b Planned, box Running, box:x Waiting, box:y Planned, box:z Succeeded, c Waiting", instance.Statuses);
        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("box:x", "box:y", "b", "c").Status);
    }

    [Fact]
    public void Failing_containers_run_again()
    {
        var instance = Instance.Of("box{in{x, y}}").Fail("box:in:x").RetryFailed();

        Assert.Equal("box Running, box:in Running, box:in:x Waiting, box:in:y Waiting", instance.Statuses);
    }

    [Fact]
    public void Omitted_containers_get_their_turn_again_with_everything_inside()
    {
        var instance = Instance.Of("a -> box{x}, c").Fail("a").RetryFailed().Finish("a");

        Assert.Equal(["box:x", "c"], instance.Ready);
    }

    [Fact]
    public void A_failure_whose_handler_has_succeeded_is_retried_and_the_handler_stays()
    {
        var instance = Instance.Of("a -> h(if=one_failed), b, c", FailureAction.FinishPossible)
            .Fail("a").Finish("h").Fail("b").RetryFailed();

        Assert.Equal("a Waiting, b Waiting, c Waiting, h Succeeded", instance.Statuses);
        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("a", "b", "c").Status);
    }

    [Fact]
    public void The_execution_does_not_end_before_the_retried_nodes_do_although_all_end_nodes_have_ended()
    {
        var instance = Instance.Of("a -> b -> e(if=all_done), c", FailureAction.FinishPossible)
            .Fail("a").Finish("e").RetryFailed().Finish("c");
        Assert.Equal(ExecutionStatus.Running, instance.Status);

        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("a", "b").Status);
    }

    [Fact]
    public void A_node_that_fails_again_fails_the_execution_again()
    {
        Assert.Equal(ExecutionStatus.Failing, Instance.Of("a, b").Fail("a").RetryFailed().Fail("a").Status);
    }

    [Fact]
    public void A_manual_try_counts_against_the_retries()
    {
        var instance = Instance.Of("a(retries=1), b", FailureAction.FinishPossible).Fail("a", "a").RetryFailed().Fail("a");

        Assert.Equal("a Failed, b Waiting", instance.Statuses);
    }

    [Fact]
    public void A_paused_execution_retries_when_it_is_resumed()
    {
        var instance = Instance.Of("a").Pause().Fail("a").RetryFailed();
        Assert.Equal(ExecutionStatus.Paused, instance.Status);
        Assert.Empty(instance.Ready);

        Assert.Equal(["a"], instance.Resume().Ready);
        Assert.Equal(ExecutionStatus.Running, instance.Status);
    }

    [Fact]
    public void With_nothing_failed_it_changes_no_node()
    {
        var instance = Instance.Of("a -> b").Finish("a").RetryFailed();

        Assert.Equal("a Succeeded, b Waiting", instance.Statuses);
        Assert.Equal(1, instance["b"].Attempt);
    }

    [Fact]
    public void A_node_that_only_waits_for_its_slot_waits_for_its_parents_again()
    {
        var instance = Instance.Of("a -> h(if=one_failed), b", new ExecutionOptions { FailureAction = FailureAction.FinishPossible });
        instance.Pause().Fail("a");
        Assert.Equal(NodeStatus.Waiting, instance["h"].Status);

        instance.RetryFailed().Resume();
        Assert.Equal("a Waiting, b Waiting, h Planned", instance.Statuses);
        Assert.Equal("a Succeeded, b Waiting, h Omitted", instance.Finish("a").Statuses);
    }

    [Fact]
    public void A_node_that_was_retried_before_waits_for_its_parents_again_too()
    {
        var instance = Instance.Of("a -> h(if=all_done), b", FailureAction.FinishPossible).Fail("a", "h").RetryFailed().Pause().Fail("a");
        Assert.Equal(NodeStatus.Waiting, instance["h"].Status);

        instance.RetryFailed().Resume();
        Assert.Equal("a Waiting, b Waiting, h Planned", instance.Statuses);
        Assert.Equal(2, instance["h"].Attempt);
    }

    [Fact]
    public void A_node_that_backs_off_waits_for_its_parents_again()
    {
        var instance = Instance.Of("a -> h(if=one_failed; retries=1; backoff=60000), b", FailureAction.FinishPossible)
            .Fail("a", "h");
        Assert.Equal(WaitingOn.Time, instance["h"].WaitingOn);

        instance.RetryFailed();

        Assert.Equal("a Waiting, b Waiting, h Planned", instance.Statuses);
    }

    [Fact]
    public void A_container_that_only_waits_is_put_back_as_one_that_has_not_run()
    {
        var instance = Instance.Of("a -> box(if=one_failed), box{x}, b").Pause().Fail("a").RetryFailed().Resume();

        Assert.Equal("a Waiting, b Waiting, box Planned, box:x Planned", instance.Statuses);
    }

    [Fact]
    public void A_node_that_already_runs_goes_on_when_its_parent_runs_again()
    {
        var instance = Instance.Of("a -> h(if=one_failed), b", FailureAction.FinishPossible).Fail("a").Fail("b").RetryFailed();

        Assert.Equal("a Waiting, b Waiting, h Waiting", instance.Statuses);
        Assert.Equal(["a", "b", "h"], instance.Ready);
    }

    [Fact]
    public void Before_the_start_it_changes_nothing()
    {
        Assert.Empty(Instance.Planned("a").RetryFailed().History);
    }
}
