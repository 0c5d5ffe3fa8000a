using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Attempts that the platform has lost are replaced at its own expense.</summary>
public sealed class LostAttemptTests
{
    [Fact]
    public void A_lost_attempt_is_replaced_at_once_by_a_new_one()
    {
        var instance = Instance.Of("a").Lose("a");

        Assert.Equal(2, instance["a"].Attempt);
        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Dispatch, 0, 2)], instance.Commands);
        Assert.Equal("silo gone", Assert.Single(instance["a"].PastAttempts).Reason);
    }

    [Fact]
    public void After_the_budget_is_used_up_the_node_fails()
    {
        var instance = Instance.Of("a(retries=5)").Lose("a", "a", "a");
        Assert.Equal(ExecutionStatus.Running, instance.Status);

        instance.Lose("a");
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
        Assert.Equal("platform.lost", instance.History.Single(happened => happened.Kind == EventKind.NodeEnded).Code);
    }

    [Fact]
    public void An_interrupted_attempt_is_replaced_as_often_as_need_be()
    {
        var instance = Instance.Of("a").Interrupt([.. Enumerable.Repeat("a", 10)]);
        Assert.Equal((ExecutionStatus.Running, 11), (instance.Status, instance["a"].Attempt));

        instance.Lose("a", "a", "a");
        Assert.Equal(ExecutionStatus.Running, instance.Status);
    }

    [Fact]
    public void An_interrupted_attempt_is_replaced_although_nothing_new_may_start()
    {
        var instance = Instance.Of("a, b", FailureAction.FinishRunning).Fail("b").Interrupt("a");

        Assert.Equal(["a"], instance.Ready);
    }

    [Fact]
    public void Losses_do_not_consume_retries()
    {
        var instance = Instance.Of("a(retries=1)").Lose("a", "a").Fail("a");
        Assert.Equal(["a"], instance.Ready);

        Assert.Equal(ExecutionStatus.Failed, instance.Fail("a").Status);
        Assert.Equal(4, instance["a"].Attempt);
    }

    [Fact]
    public void A_lost_control_node_is_run_again()
    {
        var graph = GraphText.Compile("a(noop)");
        var machine = new ExecutionMachine(graph, new ExecutionOptions());
        var turn = new ExecutionTurn();
        machine.Handle(new ExecutionInput.Start(), Instance.Noon, turn);
        turn.Clear();

        machine.Handle(new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Lost("silo gone")), Instance.Noon, turn);

        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.RunControl, 0, 2)], turn.Commands);
    }

    [Fact]
    public void A_paused_or_failing_execution_replaces_it_too_because_it_was_running()
    {
        Assert.Equal(["a"], Instance.Of("a").Pause().Lose("a").Ready);
        Assert.Equal(["b"], Instance.Of("a, b").Fail("a").Lose("b").Ready);
    }

    [Fact]
    public void A_cancelled_execution_does_not_replace_it()
    {
        Assert.Equal("a Cancelled", Instance.Of("a").Cancel().Lose("a").Statuses);
    }

    [Fact]
    public void A_person_who_retries_the_node_grants_a_new_budget()
    {
        var instance = Instance.Of("a, b", FailureAction.FinishPossible).Lose("a", "a", "a", "a").RetryFailed().Lose("a", "a", "a");

        Assert.Equal(["a", "b"], instance.Ready);
    }
}
