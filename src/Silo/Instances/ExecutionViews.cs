using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>The state of an execution in the words of the public contracts. Shows what the machine knows, stored or not.</summary>
internal static class ExecutionViews
{
    /// <param name="stored">The row of the execution; what the machine knows better replaces what it says.</param>
    /// <param name="initiator">As ordered.</param>
    /// <param name="options">As ordered.</param>
    /// <param name="followsExecutionId">The execution ahead when pipelined.</param>
    /// <param name="state">Its state.</param>
    public static ExecutionView Build(
        ExecutionSummary stored, Initiator initiator, ExecutionOptions options, long? followsExecutionId, ExecutionState state) =>
        new()
        {
            Summary = Summarize(stored, state),
            Initiator = initiator,
            Options = options,
            FollowsExecutionId = followsExecutionId,
            Nodes = Nodes(state),
        };

    /// <summary>The row of the execution with what the machine knows better.</summary>
    public static ExecutionSummary Summarize(ExecutionSummary stored, ExecutionState state) => stored with
    {
        Status = state.Status,
        StartedAt = Instant(state.StartedAt),
        EndedAt = Instant(state.EndedAt),
        UpdatedAt = Instant(state.UpdatedAt) ?? stored.UpdatedAt,
    };

    /// <summary>Depth first, as in the graph.</summary>
    public static IReadOnlyList<NodeView> Nodes(ExecutionState state)
    {
        var views = new NodeView[state.Graph.Count];
        for (var node = 0; node < views.Length; node++)
        {
            var container = state.Graph[node].Container;
            var prefix = container == ExecutionGraph.Root ? "" : $"{views[container].Path}:";
            views[node] = View(state, node, prefix + state.Graph[node].Name);
        }

        return views;
    }

    private static NodeView View(ExecutionState state, int node, string path)
    {
        var definition = state.Graph[node].Definition;
        ref readonly var slot = ref state[node];

        return new NodeView
        {
            Path = path,
            Name = definition.Name,
            Type = definition.Type,
            Container = state.Graph[node].Container,
            Parents = definition.Parents,
            Condition = definition.Condition,
            EmbeddedWorkflowId = definition.EmbeddedWorkflowId,
            Status = slot.State.ToStatus(),
            WaitingOn = state.IsPaused && slot.State == NodeState.Ready && !state.IsUnderWay(node)
                ? WaitingOn.Frozen
                : slot.State.ToWaitingOn(),
            Attempt = slot.Attempt,
            StartedAt = Instant(slot.StartedAt),
            EndedAt = Instant(slot.EndedAt),
            UpdatedAt = Instant(slot.UpdatedAt),
            PastAttempts = slot.Record?.Past.ToArray() ?? [],
            Reason = Reason(slot),
            Outputs = state.Outputs(node),
        };
    }

    private static string? Reason(in NodeSlot slot) => slot.State == NodeState.Omitted ? slot.Omission.ToText() : slot.Record?.Text;

    private static DateTimeOffset? Instant(long at) => at == NodeSlot.Never ? null : DateTimeOffset.FromUnixTimeMilliseconds(at);
}
