using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Instances;

/// <summary>What the attempts of one execution have said last about how far they have come. In memory only.</summary>
internal sealed class LatestProgress
{
    private readonly Dictionary<int, (int Attempt, NodeProgress Progress)> byNode = [];

    public void Take(AttemptId attempt, NodeProgress progress) => byNode[attempt.Node] = (attempt.Number, progress);

    /// <summary>The view with the progress of those that have not ended, asleep or not; forgets that of the others.</summary>
    public ExecutionView AddTo(ExecutionView view, ExecutionState state)
    {
        foreach (var (node, (attempt, _)) in byNode)
            if (state[node].Attempt != attempt || state[node].State.IsTerminal())
                byNode.Remove(node);
        if (byNode.Count == 0) return view;

        var nodes = view.Nodes.ToArray();
        foreach (var (node, (_, progress)) in byNode) nodes[node] = nodes[node] with { Progress = progress };
        return view with { Nodes = nodes };
    }
}
