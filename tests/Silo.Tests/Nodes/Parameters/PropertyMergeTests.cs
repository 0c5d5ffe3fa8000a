using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

public sealed class PropertyMergeTests
{
    [Fact]
    public void Each_layer_wins_over_the_ones_before_it()
    {
        var inner = new NodeLayer(Node("inner", From(7), shared: 1), [Map(From(6))]);
        var layers = Of(Layer("outer", From(4), From(3)), inner)
            .Shared("k9=wrong", From(0))
            .Config(From(1))
            .Request(From(2), ("outer", From(5)), ("outer:inner", From(8)), ("inner", "k9=wrong"))
            with
        { System = new SystemProperties(Map(From(9)), Map("k0=weakest; only=default"), Map()) };

        var merged = PropertyMerge.Merge(layers);

        Assert.Equal(Enumerable.Range(0, 10).Select(layer => $"{layer}"), Enumerable.Range(0, 10).Select(key => merged[$"k{key}"]));
        Assert.Equal("default", merged["only"]);

        // Layer N says N to the keys from kN to k9, so kN must end up with N.
        static string From(int layer) => string.Join(';', Enumerable.Range(layer, 10 - layer).Select(key => $"k{key}={layer}"));
    }

    [Fact]
    public void Parameters_of_the_request_do_not_win_over_what_the_node_defines_unless_told_to()
    {
        var layers = Of(Layer("a", "x=node; z=node")).Config("x=config; y=config").Request("x=request; y=request");

        Assert.Equal(("node", "request"), (PropertyMerge.Merge(layers)["x"], PropertyMerge.Merge(layers)["y"]));

        var eager = PropertyMerge.Merge(layers with { OverridesEagerly = true });
        Assert.Equal(("request", "request", "node"), (eager["x"], eager["y"], eager["z"]));
    }

    [Theory]
    [InlineData("", "root")]
    [InlineData("outer", "outer")]
    [InlineData("outer outer:inner", "outer:inner")]
    public void Eager_parameters_win_from_the_outermost_to_the_innermost(string paths, string winner)
    {
        var requested = paths.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(path => (path, $"x={path}")).ToArray();
        var layers = Of(Layer("outer", "x=1"), Layer("inner", "x=2")).Request("x=root", requested) with { OverridesEagerly = true };

        Assert.Equal(winner, PropertyMerge.Merge(layers)["x"]);
    }

    [Fact]
    public void Everything_an_embedding_node_has_flows_in_except_its_shared_properties()
    {
        var layers = Of(
            new NodeLayer(Node("outer", "config=outer", shared: 1), [Map("rows=10")]),
            new NodeLayer(Node("inner", shared: 0), [Map("rows=11")])).Shared("mine=yes", "theirs=yes");

        Assert.Equal(Map("config=outer; rows=11; mine=yes"), PropertyMerge.Merge(layers));
    }

    [Fact]
    public void Of_two_parents_with_the_same_output_the_later_dependency_wins() =>
        Assert.Equal("second", PropertyMerge.Merge(Of(Layer("a", "", "x=first", "x=second")))["x"]);

    [Fact]
    public void A_prefix_stands_before_what_the_author_wrote()
    {
        var system = SystemProperties.None with { Prefixes = Map("jvm.args=-Da") };

        Assert.Equal("-Da -Xmx1g", PropertyMerge.Merge(Of(Layer("a", "jvm.args=-Xmx1g")) with { System = system })["jvm.args"]);
        Assert.Equal("-Da", PropertyMerge.Merge(Of(Layer("a")) with { System = system })["jvm.args"]);
    }
}
