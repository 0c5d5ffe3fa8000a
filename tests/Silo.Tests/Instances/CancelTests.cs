using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class CancelTests
{
    [Fact]
    public void Running_nodes_are_stopped_and_nodes_that_have_not_started_are_omitted()
    {
        var instance = Instance.Of("a -> c, b -> c").Begin("a").Cancel();
        Assert.Equal(ExecutionStatus.Cancelling, instance.Status);
        Assert.Equal("a Cancelling, b Cancelling, c Planned", instance.Statuses);
        Assert.Equal([CommandKind.Stop, CommandKind.Stop], instance.Commands.Select(command => command.Kind));

        instance.Stopped("a", "b");
        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
        Assert.Equal("a Cancelled, b Cancelled, c Omitted", instance.Statuses);
    }

    [Fact]
    public void A_node_that_succeeds_nevertheless_is_still_cancelled()
    {
        Assert.Equal("a Cancelled, b Omitted", Instance.Of("a -> b").Cancel().Finish("a").Statuses);
    }

    [Fact]
    public void A_node_that_fails_meanwhile_is_cancelled_and_not_retried()
    {
        Assert.Equal("a Cancelled", Instance.Of("a(retries=3)").Cancel().Fail("a").Statuses);
        Assert.Equal("a Cancelled", Instance.Of("a(tolerant)").Cancel().Fail("a").Statuses);
    }

    [Fact]
    public void Nodes_that_wait_for_a_slot_are_omitted_at_once()
    {
        Assert.Equal("a Cancelling, b Omitted", Instance.Of("a, b", new ExecutionOptions { MaxParallelNodes = 1 }).Cancel().Statuses);
    }

    [Fact]
    public void A_node_between_two_attempts_is_cancelled_at_once()
    {
        var instance = Instance.Of("a(retries=1; backoff=60000)").Fail("a").Cancel();

        Assert.Equal("a Cancelled", instance.Statuses);
        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
    }

    [Fact]
    public void Before_the_start_it_ends_at_once_and_touches_no_node()
    {
        var instance = Instance.Planned("a -> b").Cancel();

        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
        Assert.Equal("a Planned, b Planned", instance.Start().Statuses);
    }

    [Fact]
    public void A_paused_execution_is_unpaused_and_cancelled()
    {
        var instance = Instance.Of("a -> b").Pause().Cancel();
        Assert.Equal(ExecutionStatus.Cancelling, instance.Status);

        Assert.Equal(ExecutionStatus.Cancelled, instance.Stopped("a").Status);
    }

    [Fact]
    public void A_paused_execution_whose_nodes_have_all_ended_is_cancelled_at_once()
    {
        Assert.Equal(ExecutionStatus.Cancelled, Instance.Of("a").Pause().Finish("a").Cancel().Status);
    }

    [Fact]
    public void A_failing_execution_can_be_cancelled()
    {
        var instance = Instance.Of("a, b").Fail("a").Cancel();

        Assert.Equal(ExecutionStatus.Cancelled, instance.Stopped("b").Status);
    }

    [Fact]
    public void A_second_cancel_is_answered_and_changes_nothing()
    {
        var instance = Instance.Of("a").Cancel();
        var before = instance.History.Count;

        Assert.Equal(ControlResult.Done, instance.Cancel().Answer);
        Assert.Equal(before, instance.History.Count);
    }

    [Fact]
    public void After_the_end_nothing_can_be_ordered()
    {
        var instance = Instance.Of("a").Finish("a");

        Assert.Equal(ControlResult.NotActive, instance.Cancel().Answer);
        Assert.Equal(ControlResult.NotActive, instance.Pause().Answer);
        Assert.Equal(ControlResult.NotActive, instance.Resume().Answer);
        Assert.Equal(ControlResult.NotActive, instance.RetryFailed().Answer);
        Assert.Equal(ExecutionStatus.Succeeded, instance.Status);
    }

    [Fact]
    public void While_cancelling_it_can_be_neither_paused_nor_retried()
    {
        Assert.Equal(ControlResult.Cancelling, Instance.Of("a").Cancel().Pause().Answer);
        Assert.Equal(ControlResult.Cancelling, Instance.Of("a").Cancel().RetryFailed().Answer);
    }

    [Fact]
    public void A_control_node_under_way_needs_no_stop()
    {
        var machine = new ExecutionMachine(GraphText.Compile("a(noop)"), new ExecutionOptions());
        var turn = new ExecutionTurn();
        machine.Handle(new ExecutionInput.Start(), Instance.Noon, turn);
        turn.Clear();

        machine.Handle(new ExecutionInput.Cancel("ann"), Instance.Noon, turn);

        Assert.Empty(turn.Commands);
        Assert.Equal(NodeState.Cancelling, machine.State[0].State);
    }

    [Fact]
    public void Containers_end_by_their_own_rules()
    {
        var instance = Instance.Of("box{x -> y}, fin{w, v}, other{z}", FailureAction.FinishPossible).Fail("fin:w").Cancel();
        Assert.Equal(NodeStatus.Running, instance["box"].Status);

        instance.Stopped("box:x", "fin:v", "other:z");
        Assert.Equal(
            "box Cancelled, box:x Cancelled, box:y Omitted, fin Failed, fin:v Cancelled, fin:w Failed, other Cancelled, other:z Cancelled",
            instance.Statuses);
        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
    }
}
