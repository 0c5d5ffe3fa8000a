using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>A workflow of a package version, ready to run. Immutable and shared by all its executions on this silo.</summary>
internal sealed record RunnableWorkflow(
    Project Project, PackageVersion Version, PackageDefinition Package, WorkflowDefinition Definition, ExecutionGraph Graph);

/// <summary>
/// Runnable workflows by project, version and id. Versions never change, so what is found is kept; the least recently used
/// workflows go once the graphs together pass a bound.
/// </summary>
internal sealed class WorkflowCatalog(IProjects projects, ControlNodes controlNodes, IOptions<EngineOptions> options)
{
    /// <summary>Nodes in all kept graphs together; about 300 bytes each.</summary>
    private const int MaxKeptNodes = 1_000_000;

    private readonly ConcurrentDictionary<(int Project, int Version, string Workflow), Entry> kept = new();
    private long uses;

    /// <summary>The workflow, or why it cannot run.</summary>
    public async ValueTask<(RunnableWorkflow? Workflow, string? Refusal)> GetAsync(
        int projectId, int version, string workflowId, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue((projectId, version, workflowId), out var entry))
        {
            entry.LastUse = Interlocked.Increment(ref uses);
            return (entry.Workflow, null);
        }

        if (await projects.FindAsync(projectId, cancellationToken) is not { } project)
            return (null, $"There is no project {projectId}");
        if (await projects.FindVersionAsync(projectId, version, cancellationToken) is not { } package)
            return (null, $"Project {project.Name} has no version {version}");

        var definition = await projects.GetDefinitionAsync(package, cancellationToken);
        if (definition.Find(workflowId) is not { } workflow)
            return (null, $"Version {version} of project {project.Name} has no workflow {workflowId}");
        switch (GraphCompiler.Compile(definition, workflowId, options.Value.MaxNodes, controlNodes.Types))
        {
            case GraphCompilation.Compiled(var graph):
                var runnable = new RunnableWorkflow(project, package, definition, workflow, graph);
                Keep(runnable);
                return (runnable, null);
            case GraphCompilation.Rejected(_, var reason):
                return (null, reason);
            default:
                throw new InvalidOperationException("A compilation has no other outcome");
        }
    }

    private void Keep(RunnableWorkflow workflow)
    {
        var key = (workflow.Project.Id, workflow.Version.Number, workflow.Definition.Id);
        kept[key] = new Entry(workflow) { LastUse = Interlocked.Increment(ref uses) };

        var excess = kept.Values.Sum(entry => (long)entry.Workflow.Graph.Count) - MaxKeptNodes;
        if (excess <= 0) return;

        foreach (var (other, entry) in kept.OrderBy(pair => pair.Value.LastUse).ToList())
        {
            if (excess <= 0 || other == key) return;
            if (kept.TryRemove(other, out _)) excess -= entry.Workflow.Graph.Count;
        }
    }

    private sealed class Entry(RunnableWorkflow workflow)
    {
        public RunnableWorkflow Workflow { get; } = workflow;
        public long LastUse { get; set; }
    }
}
