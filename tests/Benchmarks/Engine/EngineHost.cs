using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Plugins;
using Scheduler.Plugins.Command;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Processes;
using Scheduler.Silo;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Storage;

namespace Scheduler.Benchmarks.Engine;

/// <summary>The real server in this process, with node types added whose bodies are counted.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private static readonly User Somebody = new("bench", [], Permissions.Admin, []);

    private readonly WebApplication app;
    private int packages;

    private EngineHost(WebApplication app, Ledger ledger) => (this.app, Ledger) = (app, ledger);

    public Ledger Ledger { get; }

    public IServiceProvider Services => app.Services;

    public IExecutions Executions => app.Services.GetRequiredService<IExecutions>();

    private IProjects Projects => app.Services.GetRequiredService<IProjects>();

    /// <param name="folder">Everything the server keeps on disk.</param>
    /// <param name="database">PostgreSQL connection string; null runs embedded.</param>
    /// <param name="slots">Attempts at one time.</param>
    /// <param name="ledger">Takes what the bodies note; null makes a new one.</param>
    public static async Task<EngineHost> StartAsync(string folder, string? database, int slots = 16, Ledger? ledger = null)
    {
        ledger ??= new Ledger();
        var flags = new Dictionary<string, string?>
        {
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Data)}"] = folder,
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Database)}"] = database,
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Urls)}"] = "http://127.0.0.1:0",
            [$"{EngineOptions.Section}:{nameof(EngineOptions.Slots)}"] = slots.ToString(),
            [$"{EngineOptions.Section}:{nameof(EngineOptions.MaxConcurrentExecutions)}"] = "100000",
        };
        var app = SchedulerHost.Build(flags, services => services
            .AddSingleton(ledger)
            .AddSingleton<IControlNode, BenchStep>()
            .AddSingleton(CreateTypes)
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

        Environment.SetEnvironmentVariable("SCHEDULER_ADMIN_PASSWORD", Guid.NewGuid().ToString());
        await SchedulerHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        return new EngineHost(app, ledger);
    }

    /// <summary>Uploads a package into a project of its own.</summary>
    public async Task<Project> UploadAsync(byte[] package, string? name = null)
    {
        var project = await Projects.CreateAsync(name ?? $"bench{++packages}", "measured", Somebody, CancellationToken.None)
            ?? throw new InvalidOperationException("The project exists already");

        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, package);
        var result = await Projects.UploadAsync(project.Id, "bench.zip", path, Somebody, CancellationToken.None);
        File.Delete(path);
        return result is UploadResult.Accepted ? project : throw new InvalidOperationException($"The package was refused: {result}");
    }

    /// <summary>A project uploaded earlier, by this process or one before it; null when there is none.</summary>
    public Task<Project?> FindAsync(string name) => Projects.FindAsync(name, CancellationToken.None);

    /// <summary>Stores and starts an execution.</summary>
    public async Task<long> SubmitAsync(Project project, string workflow = "bench")
    {
        var options = new ExecutionOptions { Concurrency = ConcurrencyOption.Concurrent, MaxParallelNodes = int.MaxValue };
        var request = new ExecutionRequest(project.Id, workflow, null, Somebody.Name, Initiator.Person, options);
        return await Executions.SubmitAsync(request, CancellationToken.None) is SubmitResult.Accepted accepted
            ? accepted.ExecutionId
            : throw new InvalidOperationException("The execution was refused");
    }

    /// <summary>Returns when the end of the execution is stored.</summary>
    public async Task WaitAsync(long execution)
    {
        var ended = await Executions.WaitForEndAsync(execution, CancellationToken.None);
        if (ended?.Status != ExecutionStatus.Succeeded) throw new InvalidOperationException($"Execution {execution} ended as {ended?.Status}");
    }

    /// <summary>Asks the server's database directly.</summary>
    public Task<T> QueryAsync<T>(Func<DbConnection, Task<T>> query) =>
        Services.GetRequiredService<IDatabase>().ReadAsync(query, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static NodeTypes CreateTypes(IServiceProvider provider)
    {
        var ledger = provider.GetRequiredService<Ledger>();
        var builtIn = BuiltInPlugins.Create(
            provider.GetRequiredService<IOptions<ProcessOptions>>().Value,
            provider.GetRequiredService<IOptions<ExportOptions>>().Value,
            provider.GetRequiredService<IOptions<HttpOptions>>().Value);
        return new NodeTypes(builtIn
            .Select(plugin => plugin is CommandPlugin ? new CountedCommand(plugin, ledger) : plugin)
            .Append(new BenchPlugin(ledger))
            .SelectMany(NodeType.Of));
    }
}
