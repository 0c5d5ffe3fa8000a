using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban;

/// <summary>A workflow with the workflows embedded in it put in their places, as an execution would begin.</summary>
internal static class Expansion
{
    /// <summary>
    /// A node stands before the nodes embedded in it; siblings are ordered by name. Null when there would be more than the limit:
    /// a few workflows that embed each other twice grow without bound.
    /// </summary>
    public static IReadOnlyList<NodeView>? Of(WorkflowDefinition root, PackageDefinition package, int limit)
    {
        var workflows = package.Workflows.ToDictionary(workflow => workflow.Id, StringComparer.Ordinal);
        var nodes = new List<NodeView>();
        Append(nodes, root, container: -1, prefix: "");
        for (var position = 0; position < nodes.Count; position++)
        {
            if (nodes.Count > limit) return null;
            if (nodes[position].EmbeddedWorkflowId is { } id && workflows.TryGetValue(id, out var embedded))
                Append(nodes, embedded, position, nodes[position].Path + ":");
        }
        return nodes;
    }

    private static void Append(List<NodeView> nodes, WorkflowDefinition workflow, int container, string prefix) =>
        nodes.AddRange(workflow.Nodes.OrderBy(node => node.Name, StringComparer.Ordinal).Select(node => new NodeView
        {
            Path = prefix + node.Name,
            Name = node.Name,
            Type = node.Type,
            Container = container,
            Parents = node.Parents,
            Condition = node.Condition,
            EmbeddedWorkflowId = node.EmbeddedWorkflowId,
            Status = NodeStatus.Planned,
            Attempt = 1,
        }));
}
