using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>What the author's <c>retries</c>, <c>retry.backoff</c> and <c>job.succeed.on.failure</c> do.</summary>
public sealed class RetryTests
{
    [Fact]
    public void A_node_is_tried_once_more_than_it_has_retries()
    {
        var instance = Instance.Of("a(retries=2)");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, instance["a"].Attempt);
            Assert.Equal(ExecutionStatus.Running, instance.Status);
            instance.Fail("a");
        }

        Assert.Equal(ExecutionStatus.Failed, instance.Status);
        Assert.Equal([1, 2], instance["a"].PastAttempts.Select(past => past.Number));
        Assert.Equal("it broke", instance["a"].Reason);
    }

    [Fact]
    public void A_retried_node_has_no_times_until_it_runs_again()
    {
        var instance = Instance.Of("a(retries=1; backoff=60000)").Begin("a").Fail("a");

        Assert.Equal((null, null), (instance["a"].StartedAt, instance["a"].EndedAt));
        Assert.Equal([new PastAttempt(1, NodeStatus.Failed, Instance.Noon, Instance.Noon, "it broke")], instance["a"].PastAttempts);
    }

    [Fact]
    public void The_next_attempt_waits_for_the_back_off()
    {
        var instance = Instance.Of("a(retries=1; backoff=60000)").Fail("a");
        Assert.Equal((NodeStatus.Waiting, WaitingOn.Time), (instance["a"].Status, instance["a"].WaitingOn));
        Assert.Equal([ExecutionCommand.WakeAt(Instance.Noon.AddMinutes(1))], instance.Commands);

        Assert.Empty(instance.Wait(TimeSpan.FromSeconds(59)).Ready);
        Assert.Equal(["a"], instance.Wait(TimeSpan.FromSeconds(1)).Ready);
        Assert.Null(instance.Machine.WakeAt);
    }

    [Fact]
    public void A_timer_that_goes_off_early_is_asked_for_again()
    {
        var instance = Instance.Of("a(retries=1; backoff=60000)").Fail("a").Wait(TimeSpan.FromSeconds(59));

        Assert.Equal([ExecutionCommand.WakeAt(Instance.Noon.AddMinutes(1))], instance.Commands);
    }

    [Fact]
    public void The_earliest_back_off_is_the_one_to_wake_for()
    {
        var instance = Instance.Of("a(retries=1; backoff=60000), b(retries=1; backoff=20000), c(retries=1; backoff=30000)")
            .Fail("a", "b", "c");
        Assert.Equal(Instance.Noon.AddSeconds(20), instance.Machine.WakeAt);

        Assert.Equal(["b"], instance.Wait(TimeSpan.FromSeconds(20)).Ready);
        Assert.Contains(ExecutionCommand.WakeAt(Instance.Noon.AddSeconds(30)), instance.Commands);
        Assert.Equal(["a", "b", "c"], instance.Wait(TimeSpan.FromSeconds(40)).Ready);
    }

    [Fact]
    public void A_failure_that_must_repeat_is_not_retried()
    {
        Assert.Equal(ExecutionStatus.Failed, Instance.Of("a(retries=2)").FailForGood("a").Status);
    }

    [Fact]
    public void A_node_that_was_stopped_by_hand_is_not_retried()
    {
        var instance = Instance.Of("a(retries=2)").Stopped("a");

        Assert.Equal("a Cancelled", instance.Statuses);
        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
    }

    [Fact]
    public void A_tolerated_failure_is_not_retried_and_counts_as_success()
    {
        var instance = Instance.Of("a(tolerant; retries=2) -> b").Fail("a");

        Assert.Equal("a Tolerated, b Waiting", instance.Statuses);
        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("b").Status);
    }

    [Fact]
    public void A_retry_gives_its_slot_to_those_that_wait_longer()
    {
        var instance = Instance.Of("a(retries=1), b", new ExecutionOptions { MaxParallelNodes = 1 }).Fail("a");

        Assert.Equal(["b"], instance.Ready);
        Assert.Equal(["a"], instance.Finish("b").Ready);
    }
}
