using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Projects;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Run;

/// <summary>The engine of the server inside this process, alone and without HTTP.</summary>
/// <remarks>
/// It ends with the process and is never stopped: what has been answered is stored, the reaper takes care of what nodes left behind,
/// and stopping politely would be a tenth of a short run.
/// </remarks>
internal sealed class LocalEngine
{
    private readonly IHost host;

    private LocalEngine(IHost host) => this.host = host;

    /// <summary>May be used before the engine is started.</summary>
    public IProjects Projects => host.Services.GetRequiredService<IProjects>();

    public IExecutions Executions => host.Services.GetRequiredService<IExecutions>();

    /// <summary>Gets the database ready.</summary>
    /// <param name="folder">Everything is kept here; nobody else uses it.</param>
    /// <param name="durability">What the execution survives.</param>
    /// <param name="isVerbose">Logs go to standard error, else nowhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LocalEngine> OpenAsync(
        string folder, Durability durability, bool isVerbose, CancellationToken cancellationToken)
    {
        var database = new DatabaseOptions { DataDirectory = folder, Durability = durability };
        await DatabaseMigrator.MigrateAsync(database, cancellationToken);
        return new LocalEngine(Build(folder, database, isVerbose));
    }

    public Task StartAsync(CancellationToken cancellationToken) => host.StartAsync(cancellationToken);

    private static IHost Build(string folder, DatabaseOptions database, bool isVerbose)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        CliConfiguration.AddTo(builder.Configuration, []);
        var options = new SchedulerOptions { Data = folder };

        if (isVerbose) CliLogging.AddTo(builder.Logging);
        var logs = builder.Configuration.GetSection("Logs").Get<LogOptions>() ?? new LogOptions();
        builder.Services.AddStorage(database, logs).AddUsers().AddPackages().AddProjects().AddQuotas().AddSecrets();
        builder.UseOrleans(silo => silo.UseScheduler(options, database));
        builder.Services.AddEngine(options);
        builder.Services.PostConfigure<EngineOptions>(engine => engine.IgnoresDemands = true);

        // What an earlier run left in a kept folder is history here, not work.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(RecoveryService)));
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        return builder.Build();
    }

    /// <summary>Whoever started the engine stops it: signals are not for the host, as the execution has to be cancelled first.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
