using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>What a silo needs so that none of its jobs outlives it.</summary>
internal static class ProcessServices
{
    /// <summary>Call it before anything is added that runs jobs; hosted services start in this order and stop in reverse.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="rejoin">
    /// Where others run the jobs again when this process is frozen, its own must be gone by then: this completes when it may run jobs after
    /// such a pause. Null where nobody takes over.
    /// </param>
    public static IServiceCollection AddJobProcesses(
        this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task>? rejoin)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FencingOptions>().BindConfiguration(FencingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(SiloMarker.ForThisProcess());
        services.AddSingleton<ProcessMarkers>();
        services.AddSingleton<JobFence>();
        services.AddHostedService<OrphanSweep>();
        services.AddHostedService(provider => new ProcessReaper(
            provider.GetRequiredService<SiloMarker>(), provider.GetRequiredService<JobFence>(),
            rejoin is null ? null : provider.GetRequiredService<IOptions<FencingOptions>>().Value.Limit,
            cancellationToken => rejoin?.Invoke(provider, cancellationToken) ?? Task.CompletedTask,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ProcessReaper>>()));
        return services;
    }
}
