using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Instances;

public sealed class DemandTests
{
    [Fact]
    public void Nothing_written_asks_for_the_default_group_and_no_pool() =>
        Assert.Same(NodeDemand.None, DemandOf("a", "a"));

    [Fact]
    public void The_nearest_layer_wins_own_then_enclosing_then_request_then_workflow()
    {
        const string Text = "a(worker.group=own), b, box{x, y(worker.group=inner)}(worker.group=box; worker.pool=p)";
        var requested = new ExecutionOptions { Parameters = new Dictionary<string, string> { ["worker.group"] = "requested" } };

        Assert.Equal(("own", "own"), (GroupOf(Text, "a"), GroupOf(Text, "a", requested)));
        Assert.Equal(("workflow", "requested"), (GroupOf(Text, "b"), GroupOf(Text, "b", requested)));
        Assert.Equal(("box", "box"), (GroupOf(Text, "box:x"), GroupOf(Text, "box:x", requested)));
        Assert.Equal(("inner", "inner"), (GroupOf(Text, "box:y"), GroupOf(Text, "box:y", requested)));
        Assert.Equal(["p"], DemandOf(Text, "box:y", requested).Pools);
    }

    [Fact]
    public void What_the_request_says_for_a_node_wins_over_the_node()
    {
        var requested = new ExecutionOptions
        {
            NodeParameters = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["box:x"] = new Dictionary<string, string> { ["worker.group"] = "requested" },
            },
        };

        Assert.Equal("requested", GroupOf("box{x(worker.group=own)}", "box:x", requested));
    }

    [Fact]
    public void Several_pools_are_separated_by_commas() =>
        Assert.Equal(["p", "q"], DemandOf("a(worker.pool=p, q ,,p)", "a").Pools);

    [Theory]
    [InlineData("worker.group=a b", "worker.group: 'a b' is no name; ")]
    [InlineData("worker.group=${g}", "worker.group: '${g}' is no name; ")]
    [InlineData("worker.pool=p,-q", "worker.pool: '-q' is no name; ")]
    public void A_bad_name_is_told(string attribute, string fault) =>
        Assert.StartsWith(fault, DemandOf($"a({attribute})", "a").Fault, StringComparison.Ordinal);

    [Fact]
    public void A_package_that_runs_on_its_own_asks_for_nothing()
    {
        var workflow = Workflow("a(worker.group=gpu; worker.pool=p)", []);

        Assert.Same(NodeDemand.None, new ExecutionDemands(workflow, new ExecutionOptions(), isIgnored: true).Of(0));
    }

    private static string GroupOf(string text, string path, ExecutionOptions? options = null) =>
        DemandOf(text, path, options, new() { ["worker.group"] = "workflow" }).Group;

    private static NodeDemand DemandOf(
        string text, string path, ExecutionOptions? options = null, Dictionary<string, string>? properties = null)
    {
        var workflow = Workflow(text, properties ?? []);
        return new ExecutionDemands(workflow, options ?? new ExecutionOptions(), isIgnored: false).Of(workflow.Graph.Find(path)!.Value);
    }

    internal static RunnableWorkflow Workflow(string text, Dictionary<string, string> properties)
    {
        var package = GraphText.Package(text, properties);
        var graph = Assert.IsType<GraphCompilation.Compiled>(GraphCompiler.Compile(package, GraphText.Workflow, 100)).Graph;
        var project = new Project
        {
            Id = 1,
            Name = "Sales",
            Description = "",
            CreatedBy = "ann",
            CreatedAt = default,
            ModifiedBy = "ann",
            ModifiedAt = default,
        };
        return new RunnableWorkflow(project, null!, package, package.Find(GraphText.Workflow)!, graph);
    }
}
