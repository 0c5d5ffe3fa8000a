using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban;

/// <summary>The workflows that a project has now.</summary>
internal sealed class NewestPackage(IProjects projects)
{
    private static readonly PackageDefinition Nothing = new() { Format = PackageFormat.Flow1, Workflows = [] };

    /// <summary>Without workflows before the first upload.</summary>
    public async ValueTask<PackageDefinition> OfAsync(Project project, CancellationToken cancellationToken) =>
        await projects.FindVersionAsync(project.Id, version: null, cancellationToken) is { } version
            ? await projects.GetDefinitionAsync(version, cancellationToken)
            : Nothing;

    /// <summary>Null when the project has no such workflow.</summary>
    public async ValueTask<WorkflowDefinition?> FindAsync(Project project, string workflowId, CancellationToken cancellationToken) =>
        (await OfAsync(project, cancellationToken)).Find(workflowId);
}
