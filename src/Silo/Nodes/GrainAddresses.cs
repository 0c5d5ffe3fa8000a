using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// References to the grains of executions. The factory's generic look-up reflects over the interface for each one, which was a
/// tenth of the cost of a node.
/// </summary>
internal sealed class GrainAddresses(IGrainFactory grains)
{
    // A failure is not kept: it means that no silo is there yet.
    private readonly Lazy<Kind> instances = new(
        () => KindOf(grains.GetGrain<IWorkflowInstanceGrain>(0)), LazyThreadSafetyMode.PublicationOnly);

    public IWorkflowInstanceGrain InstanceOf(long executionId) => (IWorkflowInstanceGrain)grains.GetGrain(
        GrainId.Create(instances.Value.Type, GrainIdKeyExtensions.CreateIntegerKey(executionId)), instances.Value.Interface);

    private static Kind KindOf(IAddressable sample) => new(sample.GetGrainId().Type, ((GrainReference)sample).InterfaceType);

    private sealed record Kind(GrainType Type, GrainInterfaceType Interface);
}
