using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class GraphCompilerTests
{
    [Fact]
    public void Containers_stand_before_the_nodes_inside_them_and_siblings_keep_their_order()
    {
        var graph = GraphText.Compile("c, a{z, x{q}, y}, b");

        Assert.Equal(["a", "a:x", "a:x:q", "a:y", "a:z", "b", "c"], Enumerable.Range(0, graph.Count).Select(graph.PathOf));
        Assert.Equal([5, 3, 3, 4, 5, 6, 7], Enumerable.Range(0, graph.Count).Select(graph.EndOf));
        Assert.Equal([-1, 0, 1, 0, 0, -1, -1], Enumerable.Range(0, graph.Count).Select(node => graph[node].Container));
    }

    [Fact]
    public void Every_node_is_found_by_its_path()
    {
        var graph = GraphText.Compile("c, a{z, x{q}, y}, b");

        for (var node = 0; node < graph.Count; node++) Assert.Equal(node, graph.Find(graph.PathOf(node)));
        Assert.Null(graph.Find("a:x:nope"));
        Assert.Null(graph.Find("b:x"));
        Assert.Null(graph.Find(""));
    }

    [Fact]
    public void Edges_inside_an_embedded_workflow_join_the_nodes_of_that_occurrence()
    {
        var graph = GraphText.Compile("a{x -> y}, b{x -> y, x -> z}");
        int At(string path) => graph.Find(path)!.Value;

        Assert.Equal([At("b:y"), At("b:z")], graph.Children(At("b:x")).ToArray());
        Assert.Equal([At("a:x")], graph.Parents(At("a:y")).ToArray());
        Assert.Equal([At("b:x")], graph.Starts(At("b")).ToArray());
        Assert.Equal([At("a"), At("b")], graph.Starts(ExecutionGraph.Root).ToArray());
    }

    [Fact]
    public void One_workflow_may_be_embedded_many_times()
    {
        var package = Doubling(levels: 3);

        Assert.Equal(2 + 4 + 8, Compiled(GraphCompiler.Compile(package, "w0", 14)).Count);
        Assert.Equal(RejectionKind.TooLarge, Rejected(GraphCompiler.Compile(package, "w0", 13)));
    }

    [Fact]
    public void Exponential_embedding_is_refused_before_it_fills_the_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(RejectionKind.TooLarge, Rejected(GraphCompiler.Compile(Doubling(levels: 60), "w0", 10_000)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    [Fact]
    public void A_workflow_that_embeds_itself_is_refused()
    {
        var package = Package(Workflow("w", Embedding("again", "w")));

        Assert.Equal(RejectionKind.TooLarge, Rejected(GraphCompiler.Compile(package, "w", 1_000)));
    }

    [Fact]
    public void More_edges_than_any_memory_should_hold_are_refused()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(node => $"n{node:d4}")];
        var dense = Workflow("dense", [.. names.Select((name, position) => Node(name, names[..position]))]);
        var package = Package(dense, Workflow("w", [.. Enumerable.Range(0, 11).Select(node => Embedding($"e{node}", "dense"))]));

        Assert.Equal(RejectionKind.TooLarge, Rejected(GraphCompiler.Compile(package, "w", 1_000_000)));
        Assert.Equal(1000, Compiled(GraphCompiler.Compile(package, "dense", 1000)).Count);
    }

    [Fact]
    public void Unknown_workflows_are_refused()
    {
        var package = Package(Workflow("w", Embedding("e", "nope")));

        Assert.Equal(RejectionKind.UnknownWorkflow, Rejected(GraphCompiler.Compile(package, "nope", 10)));
        Assert.Equal(RejectionKind.UnknownWorkflow, Rejected(GraphCompiler.Compile(package, "w", 10)));
    }

    [Fact]
    public void Nodes_that_wait_for_each_other_or_for_nothing_are_refused()
    {
        var circle = Package(Workflow("w", Node("a", "b"), Node("b", "a")));
        var dangling = Package(Workflow("w", Node("a", "nope")));

        Assert.Equal(RejectionKind.NotADag, Rejected(GraphCompiler.Compile(circle, "w", 10)));
        Assert.Equal(RejectionKind.NotADag, Rejected(GraphCompiler.Compile(dangling, "w", 10)));
    }

    internal static PackageDefinition Package(params WorkflowDefinition[] workflows) =>
        new() { Format = PackageFormat.Flow1, Workflows = workflows };

    internal static WorkflowDefinition Workflow(string id, params NodeDefinition[] nodes) => new() { Id = id, Nodes = nodes };

    internal static NodeDefinition Node(string name, params string[] parents) => new()
    {
        Name = name,
        Type = "command",
        Parents = parents,
        Properties = new Dictionary<string, string>(),
        SourceFile = $"{name}.job",
    };

    private static NodeDefinition Embedding(string name, string workflow) =>
        Node(name) with { Type = NodeDefinition.EmbeddedType, EmbeddedWorkflowId = workflow };

    private static PackageDefinition Doubling(int levels) => Package(
        [.. Enumerable.Range(0, levels).Select(level => level == levels - 1
            ? Workflow($"w{level}", Node("a"), Node("b"))
            : Workflow($"w{level}", Embedding("a", $"w{level + 1}"), Embedding("b", $"w{level + 1}")))]);

    private static ExecutionGraph Compiled(GraphCompilation compilation) => Assert.IsType<GraphCompilation.Compiled>(compilation).Graph;

    private static RejectionKind Rejected(GraphCompilation compilation) => Assert.IsType<GraphCompilation.Rejected>(compilation).Kind;
}
