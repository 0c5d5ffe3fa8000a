using Orleans.Placement;
using Orleans.Runtime.Placement;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>Places a grain on the silo that its key names, up to a slash if there is one; there is no other place for it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNamedSiloAttribute() : PlacementAttribute(new OnNamedSilo());

/// <inheritdoc cref="OnNamedSiloAttribute"/>
[GenerateSerializer, Immutable, Alias("scheduler/on-named-silo")]
internal sealed class OnNamedSilo : PlacementStrategy;

/// <summary>Finds the silo by the name that <see cref="SiloIdentity.OwnerOf"/> gives it.</summary>
internal sealed class OnNamedSiloDirector : IPlacementDirector
{
    /// <exception cref="SiloUnavailableException">It is not there (any more).</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var owner = target.GrainIdentity.Key.ToString()!.Split('/')[0];
        var silo = context.GetCompatibleSilos(target).FirstOrDefault(silo => SiloIdentity.OwnerOf(silo) == owner);
        return Task.FromResult(silo ?? throw new SiloUnavailableException($"There is no silo {owner}"));
    }
}
