using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Instances.Keys;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Credentials;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Plugins;

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
        services.UsePluginsOf(scheduler.DataFolder);
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        services.AddOptions<HostOptions>().Configure<IOptions<EngineOptions>>(
            (host, engine) => host.ShutdownTimeout = engine.Value.StopGrace);

        if (!scheduler.Roles.HasFlag(Roles.Silo)) return services.AddExecutions();

        // Before anything that runs jobs.
        var isMember = !string.IsNullOrWhiteSpace(scheduler.Database);
        services.AddJobProcesses(isMember ? RejoinAsync : null);
        if (isMember) services.AddSingleton<IValidateOptions<FencingOptions>, FencingOptionsValidator>();
        return services.AddExecutions().AddHosting().AddRunner(scheduler);
    }

    private static Task RejoinAsync(IServiceProvider services, CancellationToken stop) => services.GetRequiredService<LivingSilos>()
        .RejoinAsync(services.GetRequiredService<IOptions<MembershipOptions>>().Value.DeathNotice, stop);

    private static IServiceCollection AddExecutions(this IServiceCollection services) => services
        .AddSingleton<SiloIdentity>()
        .AddSingleton<Readiness>()
        .AddSingleton<IReadiness>(provider => provider.GetRequiredService<Readiness>())
        .AddSingleton<LivingSilos>()
        .AddSingleton<ControlNodes>()
        .AddSingleton<WorkflowCatalog>()
        .AddSingleton<StoredExecutions>()
        .AddSingleton<NodeLogs>()
        .AddSingleton<GrainAddresses>()
        .AddSingleton<ExecutionCalls>()
        .AddSingleton<IPlugins, ClusterPlugins>()
        .AddSingleton<IKeyResolver, FinishedExecutions>()
        .AddSingleton<OrderSettings>()
        .AddSingleton<Submissions>()
        .AddSingleton<IExecutions, ExecutionService>();

    private static IServiceCollection AddHosting(this IServiceCollection services) => services
        .AddSingleton<LocalInstances>()
        .AddSingleton<DeadSilos>()
        .AddSingleton<DispatchOffers>()
        .AddSingleton<WaitReasons>()
        .AddPermits()
        .AddHostedService<RecoveryService>();

    private static IServiceCollection AddRunner(this IServiceCollection services, SchedulerOptions scheduler)
    {
        services.PostConfigure<ProcessOptions>(options =>
        {
            if (options.ScratchFolder.Length == 0) options.ScratchFolder = Path.Combine(scheduler.DataFolder, "scratch");
        });
        services.PostConfigure<ExportOptions>(options =>
        {
            if (options.Folder.Length == 0) options.Folder = Path.Combine(scheduler.DataFolder, "exports");
        });
        services.AddSingleton<PackageDirectories>();
        services.AddHostedService<PackageDirectorySweep>();
        services.AddSingleton<AttemptCalls>();
        services.AddSingleton<AttemptProperties>();
        services.AddSingleton<CredentialLookup>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<NodeRunner>();
        services.AddSingleton<NodeGrains>();
        services.AddSingleton(provider => new SlotPool(provider.GetRequiredService<IOptions<EngineOptions>>().Value));
        services.AddSingleton<RunnerDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<RunnerDrain>());
        services.AddHostedService<SlotPuller>();
        return services;
    }
}
