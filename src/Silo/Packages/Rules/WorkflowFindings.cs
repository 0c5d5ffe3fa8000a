using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Limits of whole workflows, whatever format they come from.</summary>
internal static class WorkflowFindings
{
    public static Finding TooManyNodes(int limit) =>
        Finding.Error("package.too-many-nodes", $"The workflows of the package have more than {limit} nodes together. Split the package.");

    public static Finding ExecutionTooLarge(WorkflowDefinition workflow, int limit) =>
        Finding.Error(
            "package.execution-too-large",
            $"Workflow {Printable.Of(workflow.Id)} has more than {limit} nodes with those of its embedded workflows. Split it.",
            FileOf(workflow));

    public static Finding PathTooLong(WorkflowDefinition workflow) =>
        Finding.Error(
            "package.path-too-long",
            $"Names in workflow {Printable.Of(workflow.Id)} make a path of more than {NodeNames.MaxPathLength} characters. Shorten them.",
            FileOf(workflow));

    public static Finding IdTooLong(WorkflowDefinition workflow) =>
        Finding.Error(
            "package.id-too-long",
            $"The id of workflow {Printable.Of(workflow.Id)} has more than {NodeNames.MaxWorkflowIdLength} characters. Shorten it.",
            FileOf(workflow));

    public static Finding None() =>
        Finding.Warning(
            "package.no-workflow", "The package defines no workflow: it has neither .job files nor a .project with .flow files.");

    private static string? FileOf(WorkflowDefinition workflow) => workflow.Nodes.Count > 0 ? workflow.Nodes[0].SourceFile : null;
}
