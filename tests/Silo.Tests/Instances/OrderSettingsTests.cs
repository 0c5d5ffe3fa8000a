using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Tests.Nodes;

namespace Scheduler.Silo.Tests.Instances;

public sealed class OrderSettingsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly OrderSettings settings = new(LoadPlugin.Types());

    [Fact]
    public void Faults_are_told_with_the_path_of_the_node() =>
        Assert.Equal(
            "box:b: mode: 'x' is not one of append, overwrite\na: batch.size: '0' is not a whole number from 1 to 10000",
            FaultOf("a(type=load; table=t; batch.size=0), box{b(type=load; table=t; mode=x)}", Nothing)!.Split('\n').OrderDescending().Aggregate((a, b) => $"{a}\n{b}"));

    [Fact]
    public void What_is_missing_is_a_fault_where_no_parent_can_give_it()
    {
        Assert.Equal("a: table is required", FaultOf("a(type=load)", Nothing));
        Assert.Null(FaultOf("x -> a(type=load)", Nothing));
        Assert.Null(FaultOf("x -> box{a(type=load)}", Nothing));
    }

    [Fact]
    public void Parameters_of_the_order_mend_and_spoil()
    {
        Assert.Null(FaultOf("a(type=load)", new() { ["table"] = "t" }));
        Assert.Equal("a: mode: 'x' is not one of append, overwrite", FaultOf("a(type=load; table=t)", new() { ["mode"] = "x" }));
        Assert.Null(FaultOf("a(type=load; table=t; mode=append)", new() { ["mode"] = "x" }));
        Assert.Null(FaultOf("a(type=load; table=t)", new() { ["mode"] = "${later}" }));
    }

    [Fact]
    public void Parameters_for_one_node_count_for_that_node()
    {
        var options = new ExecutionOptions
        {
            NodeParameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["b"] = new Dictionary<string, string> { ["mode"] = "x" } },
        };

        Assert.Equal("b: mode: 'x' is not one of append, overwrite", settings.FindFault(DemandTests.Workflow("a(type=load; table=t), b(type=load; table=t)", []), options));
    }

    [Fact]
    public void A_node_that_is_passed_over_is_not_judged() =>
        Assert.Null(settings.FindFault(DemandTests.Workflow("a(type=load)", []), new ExecutionOptions { Disabled = [new DisabledNode("a")] }));

    [Fact]
    public void A_type_that_nobody_knows_is_left_to_the_run() => Assert.Null(FaultOf("a(type=unheard-of)", Nothing));

    private string? FaultOf(string graph, Dictionary<string, string> parameters) =>
        settings.FindFault(DemandTests.Workflow(graph, []), new ExecutionOptions { Parameters = parameters });
}
