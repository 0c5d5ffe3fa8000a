using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Hands attempts to the <see cref="NodeRunner"/> of its silo, where they run outside the grain's turn, so nothing here takes long.
/// Which attempt may run is not decided here: its execution gives it to one silo, and a silo begins it once.
/// </summary>
[OnNamedSilo]
internal sealed class NodeGrain(NodeRunner runner, NodeGrains nodes) : Grain, INodeGrain
{
    public Task<bool> RunAsync(AttemptId attempt)
    {
        var self = this.AsReference<INodeGrain>();
        return Task.FromResult(runner.TryBegin(attempt, () => nodes.GiveBack(self)));
    }
}
