using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// References to the grains of the hot path. The factory's generic look-up reflects over the interface for each one, which was a
/// tenth of the cost of a node.
/// </summary>
internal sealed class GrainAddresses(IGrainFactory grains)
{
    // A failure is not kept: it means that no silo is there yet.
    private readonly Lazy<Kind> nodes = new(
        () => KindOf(grains.GetGrain<INodeGrain>(0, "0.1", null)), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<Kind> instances = new(
        () => KindOf(grains.GetGrain<IWorkflowInstanceGrain>(0)), LazyThreadSafetyMode.PublicationOnly);

    public INodeGrain NodeOf(AttemptId attempt) => (INodeGrain)grains.GetGrain(
        GrainId.Create(nodes.Value.Type, GrainIdKeyExtensions.CreateIntegerKey(attempt.ExecutionId, NodeGrain.KeyOf(attempt))),
        nodes.Value.Interface);

    public IWorkflowInstanceGrain InstanceOf(long executionId) => (IWorkflowInstanceGrain)grains.GetGrain(
        GrainId.Create(instances.Value.Type, GrainIdKeyExtensions.CreateIntegerKey(executionId)), instances.Value.Interface);

    private static Kind KindOf(IAddressable sample) => new(sample.GetGrainId().Type, ((GrainReference)sample).InterfaceType);

    private sealed record Kind(GrainType Type, GrainInterfaceType Interface);
}
