using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Attempts that wait for something elsewhere and hold nothing here meanwhile.</summary>
public sealed class SleepTests
{
    private static readonly ExecutionOptions One = new() { MaxParallelNodes = 1 };
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_sleeping_attempt_holds_no_slot_and_is_called_again_when_it_is_due()
    {
        var instance = Instance.Of("a, b", One).Begin("a").Sleep("a");
        Assert.Equal(["b"], instance.Ready);

        instance.Finish("b").Wait(9 * Second);
        Assert.Empty(instance.Ready);

        instance.Wait(1 * Second);
        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Dispatch, 0, attempt: 1, call: 1)], instance.Commands);
        Assert.Equal(ExecutionStatus.Succeeded, instance.Begin("a").Finish("a").Status);
        Assert.Empty(instance["a"].PastAttempts);
    }

    [Fact]
    public void It_shows_what_it_waits_for_and_when_it_began()
    {
        var instance = Instance.Of("a").Begin("a").Wait(5 * Second).Sleep("a");
        var node = instance["a"];
        Assert.Equal((NodeStatus.Waiting, WaitingOn.Time, "for a file", 1), (node.Status, node.WaitingOn, node.Reason, node.Attempt));
        Assert.Equal(Instance.Noon, node.StartedAt);

        node = instance.Wait(10 * Second).Begin("a")["a"];
        Assert.Equal((NodeStatus.Running, (string?)null, Instance.Noon), (node.Status, node.Reason, node.StartedAt!.Value));
    }

    [Fact]
    public void What_an_earlier_call_says_late_changes_nothing()
    {
        var instance = Instance.Of("a").Begin("a").Sleep("a").Wait(10 * Second).Begin("a");
        var before = instance.History.Count;

        instance.Handle(new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Waiting("late", Second), Call: 0));
        instance.Handle(new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Lost("late"), Call: 0));
        instance.Handle(new ExecutionInput.HandleSaved(0, 1, "late", Call: 0));
        Assert.Equal((before, ControlResult.NotActive), (instance.History.Count, instance.Answer));
    }

    [Fact]
    public void One_that_is_due_waits_for_a_slot_in_turn()
    {
        var instance = Instance.Of("a, b, c", One).Begin("a").Sleep("a").Begin("b").Wait(10 * Second);
        Assert.Equal((WaitingOn.Slot, "a Waiting, b Running, c Waiting"), (instance["a"].WaitingOn, instance.Statuses));

        Assert.Equal(["c"], instance.Finish("b").Ready);
        Assert.Equal(["a"], instance.Finish("c").Ready);
    }

    [Fact]
    public void Neither_a_pause_nor_a_failure_elsewhere_stands_in_its_way()
    {
        Assert.Equal(["a"], Instance.Of("a -> b").Begin("a").Sleep("a").Pause().Wait(10 * Second).Ready);
        Assert.Equal(["a"], Instance.Of("a, b, c", One).Begin("a").Sleep("a").Begin("b").Wait(10 * Second).Pause().Finish("b").Ready);

        var failing = Instance.Of("a, b", FailureAction.FinishRunning).Begin("a").Sleep("a").Fail("b");
        Assert.Equal("a Waiting, b Failed", failing.Statuses);
        Assert.Equal("a Succeeded, b Failed", failing.Wait(10 * Second).Finish("a").Statuses);
    }

    [Fact]
    public void A_person_who_retries_other_nodes_lets_it_sleep()
    {
        var instance = Instance.Of("a -> c(if=one_success), b -> c", FailureAction.FinishPossible).Fail("b").Finish("a").Begin("c").Sleep("c").RetryFailed();

        Assert.Equal("a Succeeded, b Waiting, c Waiting", instance.Statuses);
        Assert.Equal(["b", "c"], instance.Wait(10 * Second).Ready);
    }

    [Fact]
    public void Without_a_handle_a_cancel_ends_it_at_once()
    {
        var instance = Instance.Of("a -> b").Begin("a").Sleep("a").Cancel();

        Assert.Equal(("a Cancelled, b Omitted", ExecutionStatus.Cancelled), (instance.Statuses, instance.Status));
    }

    [Fact]
    public void With_a_handle_a_cancel_ends_it_only_when_its_work_has_ended()
    {
        var instance = Instance.Of("a").Begin("a").SaveHandle("a", "q1").Sleep("a").Cancel();
        Assert.Equal("a Cancelling", instance.Statuses);
        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Stop, 0, attempt: 1, call: 1)], instance.Commands);

        Assert.Equal("a Cancelling", instance.Lose("a").Interrupt("a").Statuses);
        Assert.Equal(ExecutionStatus.Cancelled, instance.Stopped("a").Status);
    }

    [Fact]
    public void A_kill_that_is_given_up_says_what_is_left()
    {
        var instance = Instance.Of("a").Begin("a").SaveHandle("a", "q1").Sleep("a").Cancel().FailKill("a");
        Assert.Equal(("a Cancelled", "The server says no"), (instance.Statuses, instance["a"].Reason));

        instance = Instance.Of("a(job.timeout=5; job.timeout.retries=9)").Begin("a").SaveHandle("a", "q1").Sleep("a").Wait(5 * Second).FailKill("a");
        Assert.Equal(("a TimedOut", "It ran longer than 5s. The server says no"), (instance.Statuses, instance["a"].Reason));
    }

    [Fact]
    public void A_running_attempt_with_a_handle_that_is_lost_while_it_is_stopped_is_not_over()
    {
        var instance = Instance.Of("a").Begin("a").SaveHandle("a", "q1").Cancel().Lose("a");

        Assert.Equal("a Cancelling", instance.Statuses);
        Assert.Equal("a Cancelled", instance.Stopped("a").Statuses);
    }

    [Fact]
    public void Its_time_counts_from_its_first_call_over_all_sleeping()
    {
        var instance = Instance.Of("a(job.timeout=25)").Begin("a").Sleep("a").Wait(10 * Second).Sleep("a").Wait(10 * Second).Begin("a").Sleep("a");
        Assert.Equal(Instance.Noon.AddSeconds(25), instance.Machine.WakeAt);

        Assert.Equal(("a TimedOut", "It ran longer than 25s"), (instance.Wait(5 * Second).Statuses, instance["a"].Reason));
    }

    [Fact]
    public void A_deadline_passes_also_while_it_waits_to_go_on()
    {
        var instance = Instance.Of("a(job.timeout=15; job.timeout.retries=1), b", One).Begin("a").Sleep("a").Begin("b").Wait(10 * Second);
        Assert.Equal(Instance.Noon.AddSeconds(15), instance.Machine.WakeAt);

        Assert.Equal(("a Waiting, b Running", 2), (instance.Wait(5 * Second).Statuses, instance["a"].Attempt));
        Assert.Equal("a Waiting, b Succeeded", instance.Finish("b").Statuses);
        Assert.Equal(["a"], instance.Ready);
    }

    [Fact]
    public void A_deadline_lets_the_work_behind_a_handle_be_ended_first()
    {
        var instance = Instance.Of("a(job.timeout=5; job.timeout.retries=1)").Begin("a").SaveHandle("a", "q1").Sleep("a").Wait(5 * Second);
        Assert.Equal(("a Cancelling", CommandKind.Stop), (instance.Statuses, instance.Commands[0].Kind));

        Assert.Equal((2, null), (instance.Stopped("a")["a"].Attempt, instance.Machine.State[0].Handle));
    }

    [Fact]
    public void The_deadline_of_the_execution_ends_it_too()
    {
        var instance = Instance.Of("a, b", Instance.Within("5s")).Begin("a", "b").SaveHandle("b", "q1").Sleep("a", "b").Wait(5 * Second);
        Assert.Equal("a Cancelled, b Cancelling", instance.Statuses);

        Assert.Equal(ExecutionStatus.TimedOut, instance.Stopped("b").Status);
    }

    [Fact]
    public void A_handle_outlives_a_lost_attempt_and_no_other()
    {
        Assert.Equal("q1", HandleAfter(instance => instance.Lose("a")));
        Assert.Equal("q1", HandleAfter(instance => instance.Interrupt("a")));
        Assert.Equal("q1", HandleAfter(instance => instance.Sleep("a").Wait(10 * Second).Begin("a")));
        Assert.Equal("q2", HandleAfter(instance => instance.SaveHandle("a", "q2")));
        Assert.Null(HandleAfter(instance => instance.SaveHandle("a", null)));
        Assert.Null(HandleAfter(instance => instance.Fail("a")));
        Assert.Null(HandleAfter(instance => instance.Finish("a")));
        Assert.Null(HandleAfter(instance => instance.FailForGood("a").RetryFailed()));
    }

    [Fact]
    public void The_calls_of_a_next_attempt_are_counted_anew()
    {
        var instance = Instance.Of("a(retries=1)").Begin("a").Sleep("a").Wait(10 * Second).Fail("a");

        Assert.Equal((2, 0), (instance.Machine.State[0].Attempt, instance.Machine.State[0].Call));
    }

    [Fact]
    public void A_handle_may_be_saved_while_the_attempt_is_being_stopped()
    {
        Assert.Equal("q1", Instance.Of("a").Begin("a").Cancel().SaveHandle("a", "q1").Machine.State[0].Handle);
    }

    [Fact]
    public void Saving_the_same_handle_again_stores_nothing()
    {
        var instance = Instance.Of("a").Begin("a").SaveHandle("a", "q1");
        var before = instance.History.Count;

        Assert.Equal((before, ControlResult.Done), (instance.SaveHandle("a", "q1").History.Count, instance.Answer));
    }

    [Fact]
    public void After_a_takeover_it_sleeps_on_and_its_gate_does_not_hold_it_back()
    {
        var instance = Instance.Of("a, b", null, "a").OpenGate("a").Begin("a").Sleep("a");
        var restored = ExecutionMachine.Restore(instance.Graph, new ExecutionOptions(), default, instance.Rows, closedGates: [0]);
        var turn = new ExecutionTurn();

        restored.Handle(new ExecutionInput.TimerDue(), restored.WakeAt!.Value, turn);
        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Dispatch, 0, attempt: 1, call: 1)], turn.Commands);
    }

    private static string? HandleAfter(Func<Instance, Instance> what) =>
        what(Instance.Of("a(retries=1), b", FailureAction.FinishPossible).Begin("a").SaveHandle("a", "q1")).Machine.State[0].Handle;
}
