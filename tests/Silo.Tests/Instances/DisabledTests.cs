using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Nodes a person wants to pass over.</summary>
public sealed class DisabledTests
{
    [Fact]
    public void A_disabled_node_is_skipped_when_its_turn_comes_and_counts_as_success()
    {
        var instance = Instance.Disabling("a -> b -> c", new DisabledNode("b"));
        Assert.Equal(NodeStatus.Disabled, instance["b"].Status);

        instance.Finish("a");
        Assert.Equal("a Succeeded, b Skipped, c Waiting", instance.Statuses);
    }

    [Fact]
    public void Disabled_wins_over_a_false_condition_and_over_failed_parents()
    {
        Assert.Equal("a Failed, b Skipped", Instance.Disabling("a -> b(if=1 > 2)", new DisabledNode("b")).Fail("a").Statuses);
    }

    [Fact]
    public void Disabled_wins_over_a_failed_and_over_a_cancelled_execution()
    {
        Assert.Equal("a Failed, b Failed, c Skipped", Instance.Disabling("a, b -> c", new DisabledNode("c")).Fail("a", "b").Statuses);
        Assert.Equal("a Cancelled, b Skipped", Instance.Disabling("a -> b", new DisabledNode("b")).Cancel().Stopped("a").Statuses);
    }

    [Fact]
    public void An_execution_with_all_nodes_disabled_succeeds()
    {
        Assert.Equal(ExecutionStatus.Succeeded, Instance.Disabling("a -> b", new DisabledNode("a"), new DisabledNode("b")).Status);
    }

    [Fact]
    public void A_disabled_container_is_skipped_without_touching_what_is_inside()
    {
        var instance = Instance.Disabling("box{x -> y} -> b", new DisabledNode("box"));

        Assert.Equal("b Waiting, box Skipped, box:x Planned, box:y Planned", instance.Statuses);
    }

    [Fact]
    public void Nodes_inside_a_container_can_be_disabled_one_by_one()
    {
        var instance = Instance.Disabling(
            "box{x -> y, in{z}}", new DisabledNode("box", [new DisabledNode("x"), new DisabledNode("in", [new DisabledNode("z")])]));

        Assert.Equal("box Running, box:in Succeeded, box:in:z Skipped, box:x Skipped, box:y Waiting", instance.Statuses);
    }

    [Fact]
    public void Names_that_do_not_exist_are_ignored()
    {
        var instance = Instance.Disabling(
            "a, box{x}",
            new DisabledNode("nope"), new DisabledNode("a", [new DisabledNode("x")]), new DisabledNode("box", [new DisabledNode("a")]));

        Assert.Equal("a Waiting, box Running, box:x Waiting", instance.Statuses);
    }

    [Fact]
    public void Disabled_nodes_may_be_nested_without_end()
    {
        var nested = new DisabledNode("a");
        for (var depth = 0; depth < 100_000; depth++) nested = new DisabledNode("box", [nested]);

        Assert.Equal(["a"], Instance.Disabling("a", nested).Ready);
    }
}
