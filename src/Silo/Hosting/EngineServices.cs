using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins;
using Scheduler.Plugins.Key;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Instances.Keys;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Hosting;

/// <summary>Registers the engine: the port of executions everywhere, and on silos what hosts and runs them.</summary>
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
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>(
            (host, engine) => host.ShutdownTimeout = engine.Value.StopGrace);

        if (!scheduler.Roles.HasFlag(Roles.Silo)) return services.AddExecutions();

        // Before anything that runs jobs.
        var isMember = !string.IsNullOrWhiteSpace(scheduler.Database);
        services.AddJobProcesses(isMember ? (provider, stop) => provider.GetRequiredService<LivingSilos>().RejoinAsync(stop) : null);
        if (isMember) services.AddSingleton<IValidateOptions<FencingOptions>, FencingOptionsValidator>();
        return services.AddExecutions().AddHosting().AddRunner(scheduler);
    }

    private static IServiceCollection AddExecutions(this IServiceCollection services) => services
        .AddSingleton<SiloIdentity>()
        .AddSingleton<Readiness>()
        .AddSingleton<IReadiness>(provider => provider.GetRequiredService<Readiness>())
        .AddSingleton<LivingSilos>()
        .AddSingleton<IControlNode, NoopNode>()
        .AddSingleton<ControlNodes>()
        .AddSingleton<WorkflowCatalog>()
        .AddSingleton<StoredExecutions>()
        .AddSingleton<NodeLogs>()
        .AddSingleton<GrainAddresses>()
        .AddSingleton<ExecutionCalls>()
        .AddSingleton<Submissions>()
        .AddSingleton<IExecutions, ExecutionService>();

    private static IServiceCollection AddHosting(this IServiceCollection services) => services
        .AddSingleton<LocalInstances>()
        .AddSingleton<DispatchOffers>()
        .AddSingleton<WaitReasons>()
        .AddPermits()
        .AddHostedService<RecoveryService>();

    private static IServiceCollection AddRunner(this IServiceCollection services, SchedulerOptions scheduler)
    {
        services.AddOptions<ProcessOptions>().BindConfiguration("Processes").ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(options =>
            {
                if (options.ScratchFolder.Length == 0) options.ScratchFolder = Path.Combine(scheduler.DataFolder, "scratch");
            });
        services.AddSingleton<IKeyResolver, FinishedExecutions>();
        services.AddSingleton<INodePlugin, KeyPlugin>();
        services.AddSingleton(CreatePlugins);
        services.AddSingleton<PackageDirectories>();
        services.AddHostedService<PackageDirectorySweep>();
        services.AddSingleton<AttemptCalls>();
        services.AddSingleton<AttemptProperties>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<NodeRunner>();
        services.AddSingleton<NodeGrains>();
        services.AddSingleton(provider => new SlotPool(provider.GetRequiredService<IOptions<EngineOptions>>().Value));
        services.AddSingleton<RunnerDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<RunnerDrain>());
        services.AddHostedService<SlotPuller>();
        return services;
    }

    private static NodePlugins CreatePlugins(IServiceProvider provider)
    {
        var builtIn = BuiltInPlugins.Create(provider.GetRequiredService<IOptions<ProcessOptions>>().Value);
        return new NodePlugins(builtIn.Concat(provider.GetServices<INodePlugin>()));
    }
}
