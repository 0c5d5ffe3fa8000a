using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>What a silo needs so that none of its jobs outlives it.</summary>
internal static class ProcessServices
{
    /// <summary>Call it before anything is added that runs jobs; hosted services start in this order and stop in reverse.</summary>
    public static IServiceCollection AddJobProcesses(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(SiloMarker.ForThisProcess());
        services.AddSingleton<ProcessMarkers>();
        services.AddHostedService<OrphanSweep>();
        services.AddHostedService<ProcessReaper>();
        return services;
    }
}
