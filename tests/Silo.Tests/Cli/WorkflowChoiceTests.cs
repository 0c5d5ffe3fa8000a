using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Cli.Run;

namespace Scheduler.Silo.Tests.Cli;

public class WorkflowChoiceTests
{
    [Fact]
    public void The_only_workflow_that_no_other_embeds_is_meant() =>
        Assert.Equal("nightly", Chosen(WorkflowChoice.Of(Package(("copy", null), ("nightly", "copy")), null)));

    [Fact]
    public void An_embedded_one_may_be_named() =>
        Assert.Equal("copy", Chosen(WorkflowChoice.Of(Package(("copy", null), ("nightly", "copy")), "copy")));

    [Fact]
    public void Of_several_one_has_to_be_chosen() => Assert.Equal(
        ["The package has several workflows. Choose one with --flow.", "Workflows:", "  daily", "  nightly"],
        Unclear(WorkflowChoice.Of(Package(("daily", null), ("nightly", null)), null)));

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all_there_are() => Assert.Equal(
        ["The package has no workflow 'nighty'; did you mean 'nightly'?", "Workflows:", "  daily", "  nightly"],
        Unclear(WorkflowChoice.Of(Package(("daily", null), ("nightly", null)), "nighty")));

    [Fact]
    public void A_workflow_inside_a_node_cannot_be_run_alone()
    {
        var inner = new WorkflowDefinition { Id = "nightly:load", IsEmbedded = true, Nodes = [] };
        var package = Package(("nightly", "nightly:load"));

        var choice = WorkflowChoice.Of(package with { Workflows = [.. package.Workflows, inner] }, "nightly:load");

        Assert.Equal(["The package has no workflow 'nightly:load'.", "Workflows:", "  nightly"], Unclear(choice));
    }

    [Fact]
    public void A_package_may_be_without_workflows() =>
        Assert.Equal(["The package has no workflow that could be run."], Unclear(WorkflowChoice.Of(Package(), null)));

    private static string Chosen(WorkflowChoice choice) => Assert.IsType<WorkflowChoice.Chosen>(choice).Workflow.Id;

    private static IReadOnlyList<string> Unclear(WorkflowChoice choice) => Assert.IsType<WorkflowChoice.Unclear>(choice).Lines;

    private static PackageDefinition Package(params (string Id, string? Embeds)[] workflows) => new()
    {
        Format = PackageFormat.Flow1,
        Workflows = [.. workflows.Select(workflow => new WorkflowDefinition { Id = workflow.Id, Nodes = [Node(workflow.Embeds)] })],
    };

    private static NodeDefinition Node(string? embeds) => new()
    {
        Name = "node",
        Type = embeds is null ? "noop" : NodeDefinition.EmbeddedType,
        EmbeddedWorkflowId = embeds,
        Properties = new Dictionary<string, string>(),
        SourceFile = "node.job",
    };
}
