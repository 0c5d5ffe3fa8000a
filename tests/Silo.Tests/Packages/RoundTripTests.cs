using CsCheck;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Tests.Packages;

/// <summary>One random graph, written in both formats, must read as the graph that was drawn.</summary>
public class RoundTripTests
{
    private static readonly Gen<int[][]> Graphs = Gen.Int[1, 12].SelectMany(count =>
        Gen.Bool.Array[count * count].Select(edges => Enumerable.Range(0, count)
            .Select(node => Enumerable.Range(0, node).Where(parent => edges[node * count + parent]).ToArray()).ToArray()));

    [Fact]
    public void A_graph_written_as_jobs_reads_as_its_workflows() => Graphs.Sample(
        parents =>
        {
            var package = Read([.. parents.Select((of, node) => ($"d{node % 3}/{Name(node)}.job", $"type=noop\ndependencies={Names(of, ",")}\n"))]);

            var ends = Enumerable.Range(0, parents.Length).Where(node => !parents.Any(of => of.Contains(node)));
            Assert.Equal(ends.Select(Name).Order(StringComparer.Ordinal), package.Workflows.Select(workflow => workflow.Id));
            foreach (var workflow in package.Workflows)
                Assert.Equal(Expected(parents, Ancestors(parents, int.Parse(workflow.Id[1..]))), Edges(workflow));
        },
        iter: 100, threads: 1);

    [Fact]
    public void A_graph_written_as_YAML_reads_as_one_workflow() => Graphs.Sample(
        parents =>
        {
            var nodes = parents.Select((of, node) => $"- {{name: {Name(node)}, type: noop, dependsOn: [{Names(of, ", ")}]}}").Reverse();
            var package = Read(("p.project", "azkaban-flow-version: 2.0"), ("w.flow", "nodes:\n" + string.Join('\n', nodes)));

            Assert.Equal(Expected(parents, [.. Enumerable.Range(0, parents.Length)]), Edges(Assert.Single(package.Workflows)));
        },
        iter: 100, threads: 1);

    [Fact]
    public void Any_backward_edge_on_a_path_is_a_cycle_in_both_formats() => Graphs.Where(parents => parents[^1].Length > 0).Sample(
        parents =>
        {
            var last = parents.Length - 1;
            var first = parents[last][0];
            var cyclic = parents.Select((of, node) => node == first ? [.. of, last] : of).ToArray();
            using var bench = new PackageBench();
            var jobs = cyclic.Select((of, node) => ($"{Name(node)}.job", $"type=noop\nroot.node=true\ndependencies={Names(of, ",")}"));
            var nodes = cyclic.Select((of, node) => $"- {{name: {Name(node)}, type: noop, dependsOn: [{Names(of, ", ")}]}}");

            var one = bench.ErrorsOfAsync([.. jobs]).GetAwaiter().GetResult();
            var two = bench.ErrorsOfAsync(("p.project", "azkaban-flow-version: 2.0"), ("w.flow", "nodes:\n" + string.Join('\n', nodes)))
                .GetAwaiter().GetResult();
            return one.Any(error => error.Code == "package.cycle") && two.Any(error => error.Code == "package.cycle");
        },
        iter: 100, threads: 1);

    private static PackageDefinition Read(params (string, string)[] files)
    {
        using var bench = new PackageBench();
        return bench.DefinitionOfAsync(files).GetAwaiter().GetResult();
    }

    private static string Name(int node) => $"n{node}";

    private static string Names(IEnumerable<int> nodes, string separator) => string.Join(separator, nodes.Select(Name));

    private static HashSet<int> Ancestors(int[][] parents, int node)
    {
        var found = new HashSet<int> { node };
        for (var before = 0; before < found.Count;)
        {
            before = found.Count;
            foreach (var known in found.ToList()) found.UnionWith(parents[known]);
        }

        return found;
    }

    private static IEnumerable<string> Expected(int[][] parents, HashSet<int> members) =>
        members.Select(node => $"{Name(node)} <- {Names(parents[node], " ")}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Edges(WorkflowDefinition workflow) =>
        workflow.Nodes.Select(node => $"{node.Name} <- {string.Join(' ', node.Parents)}").Order(StringComparer.Ordinal);
}
