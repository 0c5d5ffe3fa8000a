using System.Text.Json.Nodes;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>An execution, or one that might be, with all its nodes.</summary>
internal static class ExecutionTree
{
    /// <param name="project">The project of the workflow.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="state">Members that say how the execution stands.</param>
    /// <param name="nodes">A node stands before the nodes embedded in it.</param>
    public static JsonObject Describe(
        Project project, string workflowId, OrderedDictionary<string, JsonNode?> state, IReadOnlyList<NodeView> nodes)
    {
        var json = new JsonObject
        {
            ["project"] = project.Name,
            ["projectId"] = project.Id,
            ["flow"] = workflowId,
            ["flowId"] = workflowId,
            ["id"] = workflowId,
        };
        foreach (var (key, value) in state) json[key] = value;
        json["type"] = null;
        json["nestedId"] = workflowId;
        json["attempt"] = 0;
        json["nodes"] = NodeTree.Build(nodes, (node, _) => Describe(node));
        return json;
    }

    private static JsonObject Describe(NodeView node)
    {
        var json = new JsonObject
        {
            ["id"] = node.Name,
            ["nestedId"] = node.Path,
            ["type"] = node.Type,
            ["status"] = NodeFields.Status(node),
            ["attempt"] = NodeFields.Attempt(node.Attempt),
        };
        if (NodeTree.ParentsOf(node) is { } parents) json["in"] = parents;
        if (node.Condition is { } condition) json["condition"] = condition;
        NodeFields.AddTimes(json, node);
        NodeFields.AddPastAttempts(json, node);
        NodeFields.AddProgress(json, node);
        if (node.EmbeddedWorkflowId is { } embedded)
        {
            json["flow"] = embedded;
            json["flowId"] = embedded;
        }
        return json;
    }
}
