using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// The table of failure actions: what a first failure does to running, to waiting and to later nodes, and how it all ends.
/// </summary>
public sealed class FailureActionTests
{
    private const string TwoBranches = "a -> b, c -> d, e -> f";

    [Fact]
    public void Finish_running_lets_running_nodes_end_and_starts_nothing_new()
    {
        var instance = Instance.Of(TwoBranches, FailureAction.FinishRunning).Begin("a", "c", "e").Fail("a");
        Assert.Equal(ExecutionStatus.Failing, instance.Status);
        Assert.Equal(["c", "e"], instance.Ready);

        instance.Finish("c", "e");
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
        Assert.Equal("a Failed, b Omitted, c Succeeded, d Omitted, e Succeeded, f Omitted", instance.Statuses);
    }

    [Fact]
    public void Finish_running_does_not_start_nodes_that_wait_for_a_slot()
    {
        var options = new ExecutionOptions { MaxParallelNodes = 2 };
        var instance = Instance.Of("a, b, c, d -> e", options).Fail("a");

        Assert.Equal("a Failed, b Waiting, c Omitted, d Omitted, e Omitted", instance.Statuses);
        Assert.Equal(ExecutionStatus.Failed, instance.Finish("b").Status);
    }

    [Fact]
    public void Finish_running_ends_a_node_that_then_fails_with_retries_left_as_omitted()
    {
        var instance = Instance.Of("a, b(retries=3)", FailureAction.FinishRunning).Fail("a", "b");

        Assert.Equal("a Failed, b Omitted", instance.Statuses);
        Assert.Equal(NodeStatus.Failed, Assert.Single(instance["b"].PastAttempts).Status);
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
    }

    [Fact]
    public void Finish_running_ends_a_node_that_then_fails_without_retries_as_failed()
    {
        Assert.Equal("a Failed, b Failed", Instance.Of("a, b", FailureAction.FinishRunning).Fail("a", "b").Statuses);
    }

    [Fact]
    public void Finish_running_does_not_wait_for_a_back_off()
    {
        var instance = Instance.Of("a, b(retries=3; backoff=1000)", FailureAction.FinishRunning).Fail("b", "a");

        Assert.Equal("a Failed, b Omitted", instance.Statuses);
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
    }

    [Fact]
    public void Finish_possible_starts_whatever_its_own_parents_allow()
    {
        var instance = Instance.Of(TwoBranches, FailureAction.FinishPossible).Fail("a").Finish("c");
        Assert.Equal(ExecutionStatus.Failing, instance.Status);
        Assert.Equal(["d", "e"], instance.Ready);

        instance.Finish("d", "e", "f");
        Assert.Equal(ExecutionStatus.Failed, instance.Status);
        Assert.Equal("a Failed, b Omitted, c Succeeded, d Succeeded, e Succeeded, f Succeeded", instance.Statuses);
    }

    [Fact]
    public void Finish_possible_still_retries()
    {
        var instance = Instance.Of("a, b(retries=1)", FailureAction.FinishPossible).Fail("a", "b");

        Assert.Equal(["b"], instance.Ready);
        Assert.Equal(ExecutionStatus.Failed, instance.Finish("b").Status);
    }

    [Fact]
    public void Cancel_all_stops_running_nodes_and_ends_as_cancelled_with_the_failed_node_failed()
    {
        var instance = Instance.Of(TwoBranches, FailureAction.CancelAll).Begin("c").Fail("a");
        Assert.Equal(ExecutionStatus.Cancelling, instance.Status);
        Assert.Equal("a Failed, b Omitted, c Cancelling, d Planned, e Cancelling, f Planned", instance.Statuses);

        instance.Stopped("c", "e");
        Assert.Equal(ExecutionStatus.Cancelled, instance.Status);
        Assert.Equal("a Failed, b Omitted, c Cancelled, d Omitted, e Cancelled, f Omitted", instance.Statuses);
    }

    [Fact]
    public void Cancel_all_passes_through_failing()
    {
        var instance = Instance.Of("a, b", FailureAction.CancelAll).Fail("a");

        Assert.Equal(
            [EventKind.ExecutionFailing, EventKind.ExecutionCancelling],
            instance.History.Select(happened => happened.Kind)
                .Where(kind => kind is EventKind.ExecutionFailing or EventKind.ExecutionCancelling));
    }

    [Theory]
    [InlineData(FailureAction.FinishRunning)]
    [InlineData(FailureAction.FinishPossible)]
    [InlineData(FailureAction.CancelAll)]
    public void Nothing_happens_before_the_retries_are_used_up(FailureAction action)
    {
        var instance = Instance.Of("a(retries=1), b", action).Fail("a");

        Assert.Equal(ExecutionStatus.Running, instance.Status);
        Assert.NotEqual(ExecutionStatus.Running, instance.Fail("a").Status);
    }

    [Theory]
    [InlineData(null, FailureAction.CancelAll, false, FailureAction.CancelAll)]
    [InlineData(FailureAction.FinishPossible, FailureAction.CancelAll, false, FailureAction.FinishPossible)]
    [InlineData(FailureAction.FinishPossible, FailureAction.CancelAll, true, FailureAction.CancelAll)]
    public void The_workflow_decides_unless_the_request_overrides_it(
        FailureAction? written, FailureAction requested, bool overrides, FailureAction expected)
    {
        var package = GraphText.Package("a, b -> c");
        var workflow = package.Workflows[0] with { FailureAction = written };
        var compiled = GraphCompiler.Compile(package with { Workflows = [workflow] }, GraphText.Workflow, 10);
        var graph = Assert.IsType<GraphCompilation.Compiled>(compiled).Graph;
        var options = new ExecutionOptions { FailureAction = requested, OverridesFailureAction = overrides };
        var machine = new ExecutionMachine(graph, options);
        var turn = new ExecutionTurn();

        machine.Handle(new ExecutionInput.Start(), Instance.Noon, turn);
        machine.Handle(new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Failed("x", "x", true)), Instance.Noon, turn);

        Assert.Equal(expected == FailureAction.CancelAll ? ExecutionStatus.Cancelling : ExecutionStatus.Failing, machine.Status);
    }
}
