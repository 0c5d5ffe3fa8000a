using System.Text.Json.Nodes;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>What of an execution has changed since a client last looked.</summary>
internal static class ExecutionChanges
{
    /// <param name="view">The execution.</param>
    /// <param name="since">Milliseconds since 1970; changes at that very moment are known to the client.</param>
    public static JsonObject Describe(ExecutionView view, long since)
    {
        var execution = view.Summary;
        var changed = FindChanged(view.Nodes, since);
        var isAnyChanged = changed.Contains(true);
        var isRootChanged = isAnyChanged || Timestamps.Milliseconds(execution.UpdatedAt) > since;

        var json = new JsonObject();
        if (isRootChanged) json["id"] = execution.WorkflowId;
        json["status"] = Statuses.NameOf(execution.Status);
        json["startTime"] = Timestamps.Milliseconds(execution.StartedAt);
        json["endTime"] = Timestamps.Milliseconds(execution.EndedAt);
        json["updateTime"] = Timestamps.Milliseconds(execution.UpdatedAt);
        if (isRootChanged) json["attempt"] = 0;
        if (!isAnyChanged) return json;

        var withChangesInside = FindContainers(view.Nodes, changed);
        json["flow"] = execution.WorkflowId;
        json["nodes"] = NodeTree.Build(
            view.Nodes, (node, position) => changed[position] ? Describe(node, withChangesInside[position]) : null);
        return json;
    }

    /// <summary>Nodes that changed, and those in which one did. Goes backwards, as a node stands before what is embedded in it.</summary>
    private static bool[] FindChanged(IReadOnlyList<NodeView> nodes, long since)
    {
        var changed = new bool[nodes.Count];
        for (var position = nodes.Count - 1; position >= 0; position--)
        {
            changed[position] |= Timestamps.Milliseconds(nodes[position].UpdatedAt) > since;
            if (changed[position] && nodes[position].Container >= 0) changed[nodes[position].Container] = true;
        }
        return changed;
    }

    private static bool[] FindContainers(IReadOnlyList<NodeView> nodes, bool[] changed)
    {
        var containers = new bool[nodes.Count];
        for (var position = 0; position < nodes.Count; position++)
            if (changed[position] && nodes[position].Container >= 0)
                containers[nodes[position].Container] = true;
        return containers;
    }

    private static JsonObject Describe(NodeView node, bool hasChangesInside)
    {
        var json = new JsonObject { ["id"] = node.Name, ["status"] = NodeFields.Status(node) };
        NodeFields.AddTimes(json, node);
        json["attempt"] = NodeFields.Attempt(node.Attempt);
        NodeFields.AddPastAttempts(json, node);
        if (hasChangesInside) json["flow"] = node.EmbeddedWorkflowId;
        return json;
    }
}
