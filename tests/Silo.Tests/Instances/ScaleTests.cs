using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Effort grows with nodes and edges and with nothing else. Counted in nodes and edges looked at, events and bytes, so a slow computer
/// gives the same numbers.
/// </summary>
public sealed class ScaleTests
{
    private static readonly AttemptResult Success = new AttemptResult.Succeeded(new Dictionary<string, string>());

    [Fact]
    public void A_chain_of_ten_thousand_takes_ten_times_the_effort_of_one_of_a_thousand() =>
        AssertLinear(Chain, 1_000, 10_000, Success);

    [Fact]
    public void A_fan_out_of_ten_thousand_with_its_join_takes_ten_times_the_effort_of_one_of_a_thousand() =>
        AssertLinear(FanOut, 1_000, 10_000, Success);

    [Fact]
    public void A_nesting_a_thousand_deep_takes_ten_times_the_effort_of_one_a_hundred_deep() =>
        AssertLinear(Nesting, 100, 1_000, Success);

    [Fact]
    public void A_failure_at_the_bottom_of_a_deep_nesting_takes_no_more() =>
        AssertLinear(Nesting, 100, 1_000, new AttemptResult.Failed("test.failed", "it broke", false));

    [Fact]
    public void A_failure_at_the_head_of_a_long_chain_takes_no_more() =>
        AssertLinear(Chain, 1_000, 10_000, new AttemptResult.Failed("test.failed", "it broke", false));

    [Fact]
    public void A_failure_in_a_wide_fan_out_takes_no_more() =>
        AssertLinear(FanOut, 1_000, 10_000, new AttemptResult.Failed("test.failed", "it broke", false));

    [Fact]
    public void Every_failure_of_a_wide_workflow_that_finishes_what_is_possible_takes_the_same() =>
        AssertLinear(
            FanOut, 1_000, 10_000, new AttemptResult.Failed("test.failed", "it broke", false),
            new ExecutionOptions { FailureAction = FailureAction.FinishPossible, MaxParallelNodes = 100 });

    [Fact]
    public void A_dense_graph_takes_effort_by_its_edges()
    {
        var (effort, events) = Play(GraphCompilerTests.Package(Bipartite(500)), Success, new ExecutionOptions());

        Assert.InRange(effort, 250_000, 260_000);
        Assert.Equal((2 * 1000) + (2 * 490) + 2, events);
    }

    [Fact]
    public void A_control_node_costs_two_events()
    {
        var (_, events) = Play(GraphCompilerTests.Package(Chain(100, GraphNode.ControlType)), Success, new ExecutionOptions());

        Assert.Equal((2 * 100) + 2, events);
    }

    private static void AssertLinear(
        Func<int, PackageDefinition> make, int small, int large, AttemptResult result, ExecutionOptions? options = null)
    {
        var (effortOfSmall, eventsOfSmall) = Play(make(small), result, options ?? new ExecutionOptions());
        var (effortOfLarge, eventsOfLarge) = Play(make(large), result, options ?? new ExecutionOptions());
        var growth = (double)large / small;

        Assert.InRange((double)effortOfLarge / effortOfSmall, 1, growth * 1.05);
        Assert.InRange((double)eventsOfLarge / eventsOfSmall, 1, growth * 1.05);
        Assert.InRange(effortOfLarge, 0, 8 * large);
    }

    private static (long Effort, int Events) Play(PackageDefinition package, AttemptResult result, ExecutionOptions options)
    {
        var graph = Assert.IsType<GraphCompilation.Compiled>(GraphCompiler.Compile(package, package.Workflows[^1].Id, 20_000)).Graph;
        var machine = new ExecutionMachine(graph, options);
        var turn = new ExecutionTurn();
        var outside = new Queue<ExecutionCommand>();
        var (events, next) = (0, (ExecutionInput)new ExecutionInput.Start());

        while (true)
        {
            turn.Clear();
            machine.Handle(next, Instance.Noon, turn);
            events += turn.Events.Count;
            foreach (var command in turn.Commands) outside.Enqueue(command);
            if (!outside.TryDequeue(out var started)) break;
            next = new ExecutionInput.NodeEnded(started.Node, started.Attempt, result);
        }

        Assert.True(machine.IsTerminal);
        return (machine.Visits, events);
    }

    private static PackageDefinition Chain(int length) => GraphCompilerTests.Package(Chain(length, "command"));

    private static WorkflowDefinition Chain(int length, string type) => GraphCompilerTests.Workflow(
        "w", [.. Enumerable.Range(0, length).Select(node => Node($"n{node}", node == 0 ? [] : [$"n{node - 1}"]) with { Type = type })]);

    private static PackageDefinition FanOut(int width) => GraphCompilerTests.Package(GraphCompilerTests.Workflow(
        "w",
        [
            .. Enumerable.Range(0, width).Select(node => Node($"n{node}")),
            Node("join", [.. Enumerable.Range(0, width).Select(node => $"n{node}")]),
        ]));

    private static PackageDefinition Nesting(int depth) => GraphCompilerTests.Package(
        [
            GraphCompilerTests.Workflow($"w{depth}", Node("leaf")),
            .. Enumerable.Range(1, depth).Select(above => GraphCompilerTests.Workflow(
                $"w{depth - above}",
                Node("box") with { Type = NodeDefinition.EmbeddedType, EmbeddedWorkflowId = $"w{depth - above + 1}" })),
        ]);

    private static WorkflowDefinition Bipartite(int side) => GraphCompilerTests.Workflow(
        "w",
        [
            .. Enumerable.Range(0, side).Select(node => Node($"a{node}")),
            .. Enumerable.Range(0, side).Select(node => Node($"b{node}", [.. Enumerable.Range(0, side).Select(parent => $"a{parent}")])),
        ]);

    private static NodeDefinition Node(string name, params string[] parents) => GraphCompilerTests.Node(name, parents);
}
