using System.Collections.Concurrent;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// The node grains of this silo that have nothing to do. There come to be as many as attempts have run here at one time; a grain made
/// and removed for each attempt was a sixth of what a silo does for a node.
/// </summary>
internal sealed class NodeGrains(IGrainFactory grains, SiloIdentity silo)
{
    private readonly ConcurrentBag<INodeGrain> idle = [];
    private int made;

    public INodeGrain Take() =>
        idle.TryTake(out var node) ? node : grains.GetGrain<INodeGrain>($"{silo.Owner}/{Interlocked.Increment(ref made)}");

    public void GiveBack(INodeGrain node) => idle.Add(node);
}
