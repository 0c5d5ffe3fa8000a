using CsCheck;
using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

public sealed class NodeLineageTests
{
    /// <summary>For each node up to two random numbers, which become parents with lower numbers.</summary>
    private static readonly Gen<int[][]> Graphs = Gen.Int[0, 999].Array[0, 2].Array[1, 200];

    [Fact]
    public void Descendants_are_those_reached_over_any_path() => Graphs.Sample(graph =>
    {
        var parents = graph.Select((numbers, node) => node == 0 ? [] : numbers.Select(number => number % node).Distinct().ToArray())
            .ToArray();
        var ancestors = new HashSet<int>[graph.Length];
        for (var node = 0; node < graph.Length; node++)
            ancestors[node] = [.. parents[node].SelectMany(parent => ancestors[parent].Append(parent))];

        // Told in an order that is not the order of the edges.
        var lineage = new NodeLineage([.. Enumerable.Range(0, graph.Length).Reverse().Select(node => Node(node, parents[node]))]);
        for (var above = 0; above < graph.Length; above++)
            for (var below = 0; below < graph.Length; below++)
                Assert.Equal(ancestors[below].Contains(above), lineage.IsDescendant($"n{below}", $"n{above}"));
    }, iter: 50);

    [Fact]
    public void A_long_chain_is_walked_without_recursion_and_in_any_order()
    {
        const int length = 2_000;
        var lineage = new NodeLineage([.. Enumerable.Range(0, length).Select(node => Node(node, node > 0 ? [node - 1] : []))]);

        Assert.True(lineage.IsDescendant("n1999", "n0"));
        Assert.True(lineage.IsDescendant("n1999", "n1998"));
        Assert.False(lineage.IsDescendant("n0", "n1999"));
        Assert.True(lineage.IsDescendant("n64", "n63"));
    }

    [Fact]
    public void Unknown_parents_unknown_names_and_cycles_do_no_harm()
    {
        var lineage = new NodeLineage([Node(0, [7]), Node(1, [0, 2]), Node(2, [1])]);

        Assert.False(lineage.IsDescendant("n0", "n7"));
        Assert.False(lineage.IsDescendant("ghost", "n0"));
        Assert.False(lineage.IsDescendant("n0", "n1"));
    }

    private static NodeDefinition Node(int number, int[] parents) => new()
    {
        Name = $"n{number}",
        Type = "noop",
        Parents = [.. parents.Select(parent => $"n{parent}")],
        Properties = new Dictionary<string, string>(),
        SourceFile = "a.flow",
    };
}
