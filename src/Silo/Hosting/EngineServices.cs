using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Hosting;

/// <summary>Registers the engine: executions, dispatch, the runner of this silo.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services, SchedulerOptions scheduler)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(options =>
            {
                if (options.WorkFolder.Length == 0) options.WorkFolder = Path.Combine(scheduler.DataFolder, "work");
            });

        var isMember = !string.IsNullOrWhiteSpace(scheduler.Database);
        services.AddJobProcesses(isFenced: isMember);
        if (isMember) services.AddSingleton<IValidateOptions<FencingOptions>, FencingOptionsValidator>();
        services.AddSingleton<SiloIdentity>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<Readiness>());
        services.AddSingleton<LivingSilos>();
        services.AddSingleton<WorkflowCatalog>();
        services.AddSingleton<LocalInstances>();
        services.AddSingleton<StoredExecutions>();
        services.AddSingleton<NodeLogs>();
        services.AddSingleton<IExecutions, ExecutionService>();
        services.AddHostedService<RecoveryService>();

        services.AddSingleton<IControlNode, NoopNode>();
        services.AddSingleton<ControlNodes>();
        services.AddOptions<ProcessOptions>().BindConfiguration("Processes").ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(options =>
            {
                if (options.ScratchFolder.Length == 0) options.ScratchFolder = Path.Combine(scheduler.DataFolder, "scratch");
            });
        services.AddSingleton(CreatePlugins);
        services.AddSingleton<PackageDirectories>();
        services.AddHostedService<PackageDirectorySweep>();
        services.AddSingleton<GrainAddresses>();
        services.AddSingleton<DispatchOffers>();
        services.AddSingleton<AttemptCalls>();
        services.AddSingleton<AttemptProperties>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<NodeRunner>();
        services.AddSingleton(provider => new SlotPool(provider.GetRequiredService<IOptions<EngineOptions>>().Value.Slots));
        services.AddSingleton<RunnerDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<RunnerDrain>());
        services.AddHostedService<SlotPuller>();
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>(
            (host, engine) => host.ShutdownTimeout = engine.Value.StopGrace);
        return services;
    }

    private static NodePlugins CreatePlugins(IServiceProvider provider)
    {
        var builtIn = BuiltInPlugins.Create(provider.GetRequiredService<IOptions<ProcessOptions>>().Value);
        return new NodePlugins(builtIn.Concat(provider.GetServices<INodePlugin>()));
    }
}
