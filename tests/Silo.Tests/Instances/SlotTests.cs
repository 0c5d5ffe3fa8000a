using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>What holds a node whose parents are done: the limit of parallel nodes and the gate of a pipelined execution.</summary>
public sealed class SlotTests
{
    private static readonly ExecutionOptions Two = new() { MaxParallelNodes = 2 };

    [Fact]
    public void No_more_nodes_run_at_one_time_than_allowed_and_the_first_to_wait_is_the_first_to_run()
    {
        var instance = Instance.Of("a, b, c, d", Two);
        Assert.Equal(["a", "b"], instance.Ready);
        Assert.Equal((NodeStatus.Waiting, WaitingOn.Slot), (instance["c"].Status, instance["c"].WaitingOn));

        Assert.Equal(["a", "c"], instance.Finish("b").Ready);
        Assert.Equal(["c", "d"], instance.Finish("a").Ready);
    }

    [Fact]
    public void The_limit_spans_embedded_workflows()
    {
        Assert.Equal(["box:x", "box:y"], Instance.Of("box{x, y, z}, other{w}", Two).Ready);
    }

    [Fact]
    public void Control_nodes_and_containers_take_no_slot()
    {
        var instance = Instance.Of("a, b, n(noop) -> m(noop) -> box{x}", Two);

        Assert.Equal("a Waiting, b Waiting, box Running, box:x Waiting, m Succeeded, n Succeeded", instance.Statuses);
    }

    [Fact]
    public void A_limit_below_one_is_one()
    {
        Assert.Equal(["a"], Instance.Of("a, b", new ExecutionOptions { MaxParallelNodes = 0 }).Ready);
    }

    [Fact]
    public void A_node_that_is_being_stopped_keeps_its_slot()
    {
        var instance = Instance.Of("a, b", new ExecutionOptions { MaxParallelNodes = 1 }).Cancel();

        Assert.Equal(1, instance.Machine.State.SlotsInUse);
    }

    [Fact]
    public void A_node_behind_a_closed_gate_waits_without_holding_up_others()
    {
        var instance = Instance.Of("a -> b -> c, d", new ExecutionOptions { MaxParallelNodes = 1 }, "b");
        instance.Finish("a");
        Assert.Equal(NodeStatus.Planned, instance["c"].Status);
        Assert.Equal((NodeStatus.Waiting, WaitingOn.Slot), (instance["b"].Status, instance["b"].WaitingOn));
        Assert.Equal(["d"], instance.Ready);

        Assert.Equal(["d"], instance.OpenGate("b").Ready);
        Assert.Equal(["b"], instance.Finish("d").Ready);
    }

    [Fact]
    public void A_gate_that_opens_early_does_not_start_the_node_early()
    {
        Assert.Equal(["a"], Instance.Of("a -> b", null, "b").OpenGate("b").Ready);
    }

    [Fact]
    public void Gates_hold_control_nodes_and_containers_too()
    {
        var instance = Instance.Of("n(noop), box{x}", null, "n", "box");
        Assert.Equal("box Waiting, box:x Planned, n Waiting", instance.Statuses);

        Assert.Equal("box Running, box:x Waiting, n Succeeded", instance.OpenGate("n").OpenGate("box").Statuses);
    }

    [Fact]
    public void Opening_a_gate_twice_changes_nothing()
    {
        var instance = Instance.Of("a, b", new ExecutionOptions { MaxParallelNodes = 1 }, "b").OpenGate("b").OpenGate("b").Finish("a");

        Assert.Equal(["b"], instance.Ready);
    }

    [Fact]
    public void Nodes_behind_a_closed_gate_are_omitted_when_the_execution_is_cancelled()
    {
        Assert.Equal("a Omitted", Instance.Of("a", null, "a").Cancel().Statuses);
    }
}
