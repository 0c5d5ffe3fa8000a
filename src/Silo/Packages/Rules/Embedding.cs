using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Which workflows run which others as a part of themselves, and what that makes of one execution.</summary>
internal sealed class Embedding
{
    private readonly IReadOnlyList<WorkflowDefinition> workflows;
    private readonly Dictionary<string, int> positions;
    private readonly int[][] embedded;
    private readonly CycleSearch search;
    private bool hasCycle;

    /// <param name="workflows">All of a package; ids are unique.</param>
    public Embedding(IReadOnlyList<WorkflowDefinition> workflows)
    {
        this.workflows = workflows;
        positions = workflows.Select((workflow, i) => (workflow.Id, i))
            .ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        embedded = [.. workflows.Select(workflow => EmbeddedNodes(workflow)
            .Where(node => positions.ContainsKey(node.EmbeddedWorkflowId!)).Select(node => positions[node.EmbeddedWorkflowId!])
            .Distinct().ToArray())];
        search = new CycleSearch(embedded);
    }

    /// <summary>Nodes that name a workflow the package does not have, once per workflow they are in.</summary>
    public IEnumerable<(WorkflowDefinition Workflow, NodeDefinition Node)> Missing() =>
        from workflow in workflows
        from node in EmbeddedNodes(workflow)
        where !positions.ContainsKey(node.EmbeddedWorkflowId!)
        select (workflow, node);

    /// <summary>Pairs that close a cycle: the first embeds the second, and the second leads back to the first.</summary>
    public IEnumerable<(WorkflowDefinition Workflow, WorkflowDefinition Embedded)> Cycles()
    {
        for (var i = 0; i < workflows.Count; i++)
            foreach (var cycle in search.From(i))
            {
                hasCycle = true;
                yield return (workflows[cycle.From], workflows[cycle.To]);
            }
    }

    /// <summary>
    /// Limits of what an execution becomes when every embedded workflow is unfolded: thirty workflows that each embed the next one
    /// twice are a thousand million nodes. Call after <see cref="Cycles"/>; says nothing about packages with a cycle.
    /// </summary>
    public IEnumerable<Finding> CheckSizes(DefinitionOptions options)
    {
        if (hasCycle) yield break;

        var sizes = new long[workflows.Count];
        var paths = new int[workflows.Count];
        foreach (var i in search.Finished)
        {
            var workflow = workflows[i];
            sizes[i] = workflow.Nodes.Count;
            foreach (var node in workflow.Nodes)
            {
                var inner = node.EmbeddedWorkflowId is { } id && positions.TryGetValue(id, out var position) ? position : -1;
                if (inner >= 0) sizes[i] = Math.Min(sizes[i] + sizes[inner], int.MaxValue);
                paths[i] = Math.Max(paths[i], node.Name.Length + (inner >= 0 && paths[inner] > 0 ? 1 + paths[inner] : 0));
            }

            if (sizes[i] > options.MaxExecutionNodes) yield return WorkflowFindings.ExecutionTooLarge(workflow, options.MaxExecutionNodes);
            if (paths[i] > NodeNames.MaxPathLength) yield return WorkflowFindings.PathTooLong(workflow);
            if (workflow.Id.Length > NodeNames.MaxWorkflowIdLength) yield return WorkflowFindings.IdTooLong(workflow);
        }
    }

    private static IEnumerable<NodeDefinition> EmbeddedNodes(WorkflowDefinition workflow) =>
        workflow.Nodes.Where(node => node.EmbeddedWorkflowId is not null);
}
