using System.Collections.Concurrent;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <summary>The executions whose grain is active on this silo, so that they can be told of a silo's death.</summary>
internal sealed class LocalInstances
{
    private readonly ConcurrentDictionary<long, IWorkflowInstanceGrain> active = new();

    public IReadOnlyCollection<IWorkflowInstanceGrain> All => (IReadOnlyCollection<IWorkflowInstanceGrain>)active.Values;

    public void Add(long executionId, IWorkflowInstanceGrain grain) => active[executionId] = grain;

    public void Remove(long executionId) => active.TryRemove(executionId, out _);
}
