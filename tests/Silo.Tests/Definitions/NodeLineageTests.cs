using CsCheck;
using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

public sealed class NodeLineageTests
{
    private static readonly Gen<bool[,]> Edges = Gen.Bool.Array2D[Gen.Int[1, 12], Gen.Int[1, 12]];

    [Fact]
    public void Descendants_are_those_reached_over_any_path() => Edges.Sample(edges =>
    {
        var count = Math.Min(edges.GetLength(0), edges.GetLength(1));
        // An edge from a lower to a higher number only, told in an order that is not the order of the edges.
        var parents = Enumerable.Range(0, count).Select(node => Enumerable.Range(0, node).Where(parent => edges[parent, node]).ToArray()).ToArray();
        var lineage = new NodeLineage([.. Enumerable.Range(0, count).Reverse().Select(node => Node(node, parents[node]))]);

        for (var above = 0; above < count; above++)
            for (var below = 0; below < count; below++)
                Assert.Equal(Reaches(below, above), lineage.IsDescendant($"n{below}", $"n{above}"));

        bool Reaches(int from, int to) => parents[from].Any(parent => parent == to || Reaches(parent, to));
    });

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
