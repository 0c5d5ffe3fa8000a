using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Cli.Run;

namespace Scheduler.Silo.Tests.Cli;

public class NodeSelectionTests
{
    private static readonly WorkflowDefinition Nightly = new() { Id = "nightly", Nodes = [Node("load", "copy"), Node("mail")] };

    private static readonly PackageDefinition Package = new()
    {
        Format = PackageFormat.Flow1,
        Workflows = [new WorkflowDefinition { Id = "copy", Nodes = [Node("read"), Node("write")] }, Nightly],
    };

    [Fact]
    public void Paths_that_lead_to_nodes_are_fine() => Assert.Empty(NodeSelection.Check(Package, Nightly, ["load", "load:read", "mail"]));

    [Theory]
    [InlineData("mial", "Workflow nightly has no node 'mial'; did you mean 'mail'?")]
    [InlineData("load:raed", "Workflow copy has no node 'raed'; did you mean 'read'?")]
    [InlineData("mail:read", "'mail:read' leads into a node that embeds no workflow.")]
    [InlineData("", "Workflow nightly has no node ''.")]
    public void A_path_that_leads_nowhere_is_explained(string path, string fault) =>
        Assert.Equal([fault], NodeSelection.Check(Package, Nightly, [path]));

    [Fact]
    public void Nodes_inside_a_node_are_gathered_below_it() =>
        Assert.Equal("load(read write) mail", Text(NodeSelection.Disable(["mail", "load:write", "load:read"])));

    [Fact]
    public void A_disabled_node_hides_what_is_named_inside_it() => Assert.Equal("load", Text(NodeSelection.Disable(["load:read", "load", "load:x:y"])));

    [Fact]
    public void Depth_does_not_matter() => Assert.Equal("a(b(c(d)))", Text(NodeSelection.Disable(["a:b:c:d"])));

    private static string Text(IReadOnlyList<DisabledNode> nodes) =>
        string.Join(' ', nodes.Select(node => node.Children is null ? node.Name : $"{node.Name}({Text(node.Children)})"));

    private static NodeDefinition Node(string name, string? embeds = null) => new()
    {
        Name = name,
        Type = embeds is null ? "noop" : NodeDefinition.EmbeddedType,
        EmbeddedWorkflowId = embeds,
        Properties = new Dictionary<string, string>(),
        SourceFile = $"{name}.job",
    };
}
