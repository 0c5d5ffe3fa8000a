using System.Text;

namespace Scheduler.Silo.Tests.Packages;

/// <summary>Shapes that end recursion in a stack overflow and nested loops in hours. They only have to finish.</summary>
public class LargePackageTests
{
    private const string Project = "azkaban-flow-version: 2.0";

    [Fact]
    public async Task Ten_thousand_jobs_in_a_chain()
    {
        using var bench = new PackageBench();
        var files = Enumerable.Range(0, 10_000).Select(i => ($"d{i % 100}/j{i}.job", i == 0 ? "type=noop" : $"type=noop\ndependencies=j{i - 1}"));

        var package = await bench.DefinitionOfAsync([.. files]);

        Assert.Equal(10_000, Assert.Single(package.Workflows).Nodes.Count);
    }

    [Fact]
    public async Task Ten_thousand_jobs_inherit_one_layer()
    {
        using var bench = new PackageBench();
        var jobs = Enumerable.Range(0, 10_000).Select(i => ($"j{i}.job", "own=1"));

        var package = await bench.DefinitionOfAsync([.. jobs, ("p.properties", "type=noop\n" + Keys(200))]);

        Assert.Equal(10_000, package.Workflows.Count);
        Assert.Equal(201, Assert.Single(package.SharedProperties).Count);
    }

    [Fact]
    public async Task A_hundred_thousand_edges()
    {
        using var bench = new PackageBench();
        var files = Enumerable.Range(0, 10_000)
            .Select(i => ($"j{i}.job", $"type=noop\ndependencies={string.Join(',', Enumerable.Range(1, 10).Where(k => i >= k).Select(k => $"j{i - k}"))}"));

        Assert.Equal(10_000, (await bench.DefinitionOfAsync([.. files])).Find("j9999")!.Nodes.Count);
    }

    [Fact]
    public async Task Every_one_of_five_hundred_on_every_one_of_five_hundred()
    {
        using var bench = new PackageBench();
        var all = string.Join(", ", Enumerable.Range(0, 500).Select(i => $"a{i}"));
        var flow = new StringBuilder("nodes:\n");
        for (var i = 0; i < 500; i++) flow.Append($"- {{name: a{i}, type: noop}}\n- {{name: b{i}, type: noop, dependsOn: [{all}]}}\n");

        var package = await bench.DefinitionOfAsync(("p.project", Project), ("f.flow", flow.ToString()));

        Assert.Equal(250_000, package.Workflows[0].Nodes.Sum(node => node.Parents.Count));
    }

    [Fact]
    public async Task Ten_thousand_nodes_in_a_cycle_with_conditions_on_each_other()
    {
        using var bench = new PackageBench();
        var flow = new StringBuilder("nodes:\n");
        for (var i = 0; i < 10_000; i++)
            flow.Append($"- {{name: n{i}, type: noop, dependsOn: [n{(i + 9_999) % 10_000}], condition: \"${{n{(i + 5_000) % 10_000}:x}} == 1\"}}\n");

        var errors = await bench.ErrorsOfAsync(("p.project", Project), ("f.flow", flow.ToString()));

        Assert.Contains(errors, error => error.Code == "package.cycle");
    }

    [Fact]
    public async Task Five_thousand_workflows_that_embed_one()
    {
        using var bench = new PackageBench();
        var files = Enumerable.Range(0, 5_000).Select(i => ($"w{i}.job", "type=flow\nflow.name=inner")).Append(("inner.job", "type=noop"));

        Assert.Equal(5_001, (await bench.DefinitionOfAsync([.. files])).Workflows.Count);
    }

    private static string Keys(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"key{i}=value{i}\n"));
}
