using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class JoinTests
{
    [Fact]
    public void A_join_starts_only_after_its_last_parent()
    {
        var instance = Instance.Of("a -> b, a -> c, b -> d, c -> d").Finish("a", "b");
        Assert.DoesNotContain("d", instance.Ready);

        Assert.Equal(["d"], instance.Finish("c").Ready);
    }

    [Fact]
    public void All_nodes_without_parents_start_at_once_in_the_order_of_the_definition()
    {
        Assert.Equal(["a", "b", "c"], Instance.Of("c, a, b").Ready);
    }

    [Fact]
    public void An_execution_succeeds_when_its_last_end_node_does()
    {
        var instance = Instance.Of("a -> b, a -> c").Finish("a", "b");
        Assert.Equal(ExecutionStatus.Running, instance.Status);

        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("c").Status);
    }

    [Fact]
    public void A_control_node_runs_without_a_runner()
    {
        var instance = Instance.Of("a -> n(noop) -> b").Finish("a");

        Assert.Equal("a Succeeded, b Waiting, n Succeeded", instance.Statuses);
        Assert.Equal(["b"], instance.Ready);
    }

    [Fact]
    public void A_workflow_of_control_nodes_ends_by_itself()
    {
        Assert.Equal(ExecutionStatus.Succeeded, Instance.Of("a(noop) -> b(noop), c(noop)").Status);
    }

    [Fact]
    public void An_empty_workflow_succeeds()
    {
        Assert.Equal(ExecutionStatus.Succeeded, Instance.Of("").Status);
    }

    [Fact]
    public void A_second_start_changes_nothing()
    {
        var instance = Instance.Of("a");
        var before = instance.History.Count;

        Assert.Equal(before, instance.Start().History.Count);
    }
}
