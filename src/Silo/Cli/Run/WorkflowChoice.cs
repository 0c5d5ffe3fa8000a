using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Which workflow of a package is meant.</summary>
internal abstract record WorkflowChoice
{
    private WorkflowChoice() { }

    internal sealed record Chosen(WorkflowDefinition Workflow) : WorkflowChoice;

    /// <summary>None, or more than one: why, and which there are.</summary>
    internal sealed record Unclear(IReadOnlyList<string> Lines) : WorkflowChoice;

    /// <param name="package">A valid package.</param>
    /// <param name="asked">Id of a workflow; null means the only one that no other workflow embeds.</param>
    public static WorkflowChoice Of(PackageDefinition package, string? asked)
    {
        var names = package.Workflows.Where(workflow => !workflow.IsEmbedded).Select(workflow => workflow.Id).ToList();
        if (asked is not null) return package.Find(asked) is { IsEmbedded: false } found ? new Chosen(found) : new Unclear([.. Unknown(names, asked)]);

        var embedded = package.Workflows.SelectMany(workflow => workflow.Nodes).Select(node => node.EmbeddedWorkflowId).ToHashSet();
        var roots = names.Where(name => !embedded.Contains(name)).ToList();
        return roots is [var only] ? new Chosen(package.Find(only)!) : new Unclear([.. Ambiguous(roots)]);
    }

    private static IEnumerable<string> Unknown(List<string> names, string asked)
    {
        var hint = new Suggestions(names).Nearest(asked) is { } near ? $"; did you mean '{Printable.Of(near)}'?" : ".";
        yield return $"The package has no workflow '{Printable.Of(asked)}'{hint}";
        foreach (var line in List(names)) yield return line;
    }

    private static IEnumerable<string> Ambiguous(List<string> roots)
    {
        if (roots.Count == 0) return ["The package has no workflow that could be run."];

        return List(roots).Prepend("The package has several workflows. Choose one with --flow.");
    }

    private static IEnumerable<string> List(List<string> names) =>
        names.Count == 0 ? ["It has no workflows."] : names.Select(name => $"  {Printable.Of(name)}").Prepend("Workflows:");
}
