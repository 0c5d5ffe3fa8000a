using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>What a silo finds when it takes over an execution. That replay gives the same state is checked by every test.</summary>
public sealed class RestoreTests
{
    private static readonly ExecutionOptions One = new() { MaxParallelNodes = 1 };

    [Fact]
    public void Attempts_that_were_under_way_are_known_with_their_numbers()
    {
        var restored = Restored(Instance.Of("a, b, c(noop), d").Begin("a").Lose("b").Finish("d"), new ExecutionOptions());

        Assert.Equal([new(0, 1, NodeState.Running, false, 0), new(1, 2, NodeState.Queued, false, 0)], restored.Outstanding());
    }

    [Fact]
    public void A_control_node_that_was_started_but_not_answered_is_outstanding()
    {
        var machine = new ExecutionMachine(GraphText.Compile("a(noop)"), One);
        var turn = new ExecutionTurn();
        machine.Handle(new ExecutionInput.Start(), Instance.Noon, turn);
        var restored = ExecutionMachine.Restore(machine.Graph, One, default, [ExecutionCodec.EncodeRow(turn.Events)]);

        Assert.Equal([new(0, 1, NodeState.Running, true, 0)], restored.Outstanding());
    }

    [Fact]
    public void The_time_to_wake_up_is_known_and_announced_with_the_next_input()
    {
        var restored = Restored(Instance.Of("a(retries=1; backoff=60000)").Fail("a"), new ExecutionOptions());
        Assert.Equal(Instance.Noon.AddMinutes(1), restored.WakeAt);

        var turn = new ExecutionTurn();
        restored.Handle(new ExecutionInput.Adopted("silo-2"), Instance.Noon, turn);
        Assert.Equal([ExecutionCommand.WakeAt(Instance.Noon.AddMinutes(1))], turn.Commands);
        Assert.Equal("silo-2", Assert.Single(turn.Events).Text);
    }

    [Fact]
    public void Gates_that_have_opened_meanwhile_let_their_nodes_go_with_the_next_input()
    {
        var gated = Instance.Of("a, b", null, "a", "b");
        var restored = ExecutionMachine.Restore(gated.Graph, new ExecutionOptions(), default, gated.Rows, closedGates: [1]);
        var turn = new ExecutionTurn();

        restored.Handle(new ExecutionInput.Adopted("silo-2"), Instance.Noon, turn);

        Assert.Equal([ExecutionCommand.ForAttempt(CommandKind.Dispatch, 0, 1)], turn.Commands);
    }

    [Fact]
    public void A_snapshot_keeps_the_line_in_order_and_puts_those_with_newly_opened_gates_behind_it()
    {
        var instance = Instance.Of("a, b -> d, c", One, "a").Finish("b");
        Assert.Equal(["c"], instance.Ready);
        var snapshot = ExecutionCodec.EncodeSnapshot(instance.Machine.State);

        var restored = ExecutionMachine.Restore(instance.Graph, One, snapshot, []);

        Assert.Equal(["d", "a"], restored.State.WaitingPlugins.Nodes.Select(instance.Graph.PathOf));
    }

    [Fact]
    public void Outputs_of_containers_are_found_again_though_a_snapshot_does_not_hold_them()
    {
        var instance = Instance.Of("box{in{x}} -> b").FinishWith("box:in:x", "k", "v");

        var restored = ExecutionMachine.Restore(
            instance.Graph, new ExecutionOptions(), ExecutionCodec.EncodeSnapshot(instance.Machine.State), []);

        Assert.Equal([new("k", "v")], restored.State.OutputsOfParents(instance.At("b")));
    }

    private static ExecutionMachine Restored(Instance instance, ExecutionOptions options) =>
        ExecutionMachine.Restore(instance.Graph, options, default, instance.Rows);
}
