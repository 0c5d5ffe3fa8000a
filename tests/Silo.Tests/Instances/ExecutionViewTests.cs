using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class ExecutionViewTests
{
    private static readonly ExecutionSummary Stored = new()
    {
        Id = 7,
        ProjectId = 1,
        WorkflowId = "flow",
        Version = 3,
        Status = ExecutionStatus.Waiting,
        SubmittedBy = "ann",
        SubmittedAt = Instance.Noon.AddMinutes(-1),
        UpdatedAt = Instance.Noon.AddMinutes(-1),
    };

    [Fact]
    public void The_summary_shows_what_the_machine_knows()
    {
        var instance = Instance.Of("a").Wait(TimeSpan.FromSeconds(5)).Finish("a");
        var summary = View(instance).Summary;

        Assert.Equal(ExecutionStatus.Succeeded, summary.Status);
        Assert.Equal((Instance.Noon, instance.Now, instance.Now), (summary.StartedAt, summary.EndedAt, summary.UpdatedAt));
    }

    [Fact]
    public void Before_the_start_the_stored_row_stands()
    {
        Assert.Equal(Stored, View(Instance.Planned("a")).Summary);
    }

    [Fact]
    public void Nodes_are_described_with_their_place_and_their_definition()
    {
        var instance = Instance.Of("a -> box{x}, box(if=all_done)");

        Assert.Equal([("a", -1), ("box", -1), ("box:x", 1)], View(instance).Nodes.Select(node => (node.Path, node.Container)));
        var box = instance["box"];
        Assert.Equal(("box", "flow", "all_done", "flow:box"), (box.Name, box.Type, box.Condition, box.EmbeddedWorkflowId));
        Assert.Equal(["a"], box.Parents);
    }

    [Fact]
    public void An_untouched_node_has_no_times()
    {
        var node = Instance.Of("a -> b")["b"];

        Assert.Equal((null, null, null), (node.StartedAt, node.EndedAt, node.UpdatedAt));
    }

    [Fact]
    public void Nodes_that_do_not_run_start_and_end_with_the_decision()
    {
        var instance = Instance.Disabling("a -> b, a -> c(if=1 > 2)", new DisabledNode("b")).Wait(TimeSpan.FromSeconds(1)).Finish("a");

        foreach (var node in new[] { instance["b"], instance["c"] })
            Assert.Equal((instance.Now, instance.Now, instance.Now), (node.StartedAt, node.EndedAt, node.UpdatedAt));
        Assert.Equal("its condition is false", instance["c"].Reason);
        Assert.Null(instance["b"].Reason);
    }

    [Fact]
    public void A_node_started_when_its_runner_says_so_and_not_when_it_was_queued()
    {
        var instance = Instance.Of("a");
        Assert.Null(instance["a"].StartedAt);

        instance.Wait(TimeSpan.FromSeconds(1)).Begin("a").Wait(TimeSpan.FromSeconds(1)).Finish("a");
        Assert.Equal((Instance.Noon.AddSeconds(1), Instance.Noon.AddSeconds(2)), (instance["a"].StartedAt, instance["a"].EndedAt));
    }

    [Fact]
    public void Outputs_and_reasons_of_the_last_attempt_are_shown()
    {
        Assert.Equal([new("k", "v")], Instance.Of("a").FinishWith("a", "k", "v")["a"].Outputs);

        var tolerated = Instance.Of("a(tolerant)").Fail("a")["a"];
        Assert.Equal((NodeStatus.Tolerated, "it broke"), (tolerated.Status, tolerated.Reason));
    }

    private static ExecutionView View(Instance instance) =>
        ExecutionViews.Build(Stored, Initiator.Person, new ExecutionOptions(), null, instance.Machine.State);
}
