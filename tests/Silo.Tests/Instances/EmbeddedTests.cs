using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>An embedded workflow follows the rules of a workflow inside and those of a node outside.</summary>
public sealed class EmbeddedTests
{
    [Fact]
    public void A_container_starts_with_its_turn_and_ends_with_its_last_end_node()
    {
        var instance = Instance.Of("a -> box{x -> y, z} -> b");
        Assert.Equal("a Waiting, b Planned, box Planned, box:x Planned, box:y Planned, box:z Planned", instance.Statuses);

        Assert.Equal(["box:x", "box:z"], instance.Finish("a").Ready);
        Assert.Equal(["box:y"], instance.Finish("box:x", "box:z").Ready);
        Assert.Equal(["b"], instance.Finish("box:y").Ready);
        Assert.Equal(NodeStatus.Succeeded, instance["box"].Status);
    }

    [Fact]
    public void An_empty_container_succeeds_at_once()
    {
        Assert.Equal(["b"], Instance.Of("box{} -> b").Ready);
    }

    [Fact]
    public void A_failure_inside_makes_all_enclosing_containers_and_the_execution_failing_at_once()
    {
        var instance = Instance.Of("box{in{x, y}, z}, other{w}", FailureAction.FinishPossible).Fail("box:in:x");

        Assert.Equal(ExecutionStatus.Failing, instance.Status);
        Assert.Equal(
            "box Failing, box:in Failing, box:in:x Failed, box:in:y Waiting, box:z Waiting, other Running, other:w Waiting",
            instance.Statuses);
    }

    [Fact]
    public void A_failing_container_ends_as_failed_and_those_after_it_are_omitted()
    {
        var instance = Instance.Of("box{x, y} -> b, c", FailureAction.FinishPossible).Fail("box:x").Finish("box:y");

        Assert.Equal("b Omitted, box Failed, box:x Failed, box:y Succeeded, c Waiting", instance.Statuses);
        Assert.Equal(ExecutionStatus.Failed, instance.Finish("c").Status);
    }

    [Fact]
    public void A_failure_inside_fails_the_execution_even_when_the_container_is_followed_by_a_handler()
    {
        var instance = Instance.Of("box{x} -> b(if=one_failed)", FailureAction.FinishPossible).Fail("box:x");

        Assert.Equal(ExecutionStatus.Failing, instance.Status);
        Assert.Equal(ExecutionStatus.Failed, instance.Finish("b").Status);
    }

    [Fact]
    public void A_failure_that_is_handled_inside_stays_inside()
    {
        var instance = Instance.Of("box{x -> y(if=one_failed)} -> b").Fail("box:x").Finish("box:y");

        Assert.Equal(["b"], instance.Ready);
        Assert.Equal(NodeStatus.Succeeded, instance["box"].Status);
    }

    [Fact]
    public void A_container_whose_end_node_is_omitted_ends_as_cancelled_and_is_no_failure_of_the_execution()
    {
        var instance = Instance.Of("box{x -> y(if=1 > 2)} -> b, c").Finish("box:x");

        Assert.Equal("b Omitted, box Cancelled, box:x Succeeded, box:y Omitted, c Waiting", instance.Statuses);
        Assert.Equal(ExecutionStatus.Running, instance.Status);
        Assert.Equal(ExecutionStatus.Cancelled, instance.Finish("c").Status);
    }

    [Fact]
    public void An_omitted_container_leaves_what_is_inside_untouched()
    {
        var instance = Instance.Of("a -> box{x -> y}").Fail("a");

        Assert.Equal("a Failed, box Omitted, box:x Planned, box:y Planned", instance.Statuses);
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
    }

    [Fact]
    public void A_container_is_not_retried_as_a_whole()
    {
        Assert.Equal("box Failed, box:x Failed", Instance.Of("box{x(retries=0)}(retries=5)").Fail("box:x").Statuses);
    }

    [Fact]
    public void Nodes_inside_inherit_the_retries_of_the_container()
    {
        Assert.Equal(["box:x"], Instance.Of("box{x}(retries=1)").Fail("box:x").Ready);
    }

    [Fact]
    public void Outputs_of_a_container_are_those_of_its_end_nodes_and_the_last_one_wins()
    {
        var instance = Instance.Of("box{a -> x, y} -> b")
            .FinishWith("box:a", "a", "1").FinishWith("box:y", "k", "y").FinishWith("box:x", "k", "x");

        Assert.Equal([new("k", "y")], instance["box"].Outputs);
        Assert.Equal([new("k", "y")], instance.Machine.State.OutputsOfParents(instance.At("b")));
    }

    [Fact]
    public void Outputs_reach_direct_dependents_only()
    {
        var instance = Instance.Of("a -> c, b -> c -> d").FinishWith("a", "x", "1").FinishWith("b", "y", "2").FinishWith("c", "z", "3");

        Assert.Equal([new("x", "1"), new("y", "2")], instance.Machine.State.OutputsOfParents(instance.At("c")).OrderBy(pair => pair.Key));
        Assert.Equal([new("z", "3")], instance.Machine.State.OutputsOfParents(instance.At("d")));
    }
}
