using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes;

namespace Scheduler.Benchmarks.Engine;

/// <summary>The real server in this process, with node types added whose bodies are counted.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private static readonly User Somebody = new("bench", [], Permissions.Admin, []);

    private readonly WebApplication app;
    private int packages;

    private EngineHost(WebApplication app) => this.app = app;

    public Ledger Ledger => app.Services.GetRequiredService<Ledger>();

    private IExecutions Executions => app.Services.GetRequiredService<IExecutions>();

    /// <param name="folder">Everything the server keeps on disk.</param>
    /// <param name="database">PostgreSQL connection string; null runs embedded.</param>
    /// <param name="slots">Attempts at one time.</param>
    public static async Task<EngineHost> StartAsync(string folder, string? database, int slots = 16)
    {
        var flags = new Dictionary<string, string?>
        {
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Data)}"] = folder,
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Database)}"] = database,
            [$"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Urls)}"] = "http://127.0.0.1:0",
            [$"{EngineOptions.Section}:{nameof(EngineOptions.Slots)}"] = slots.ToString(),
            [$"{EngineOptions.Section}:{nameof(EngineOptions.MaxConcurrentExecutions)}"] = "100000",
        };
        var app = SchedulerHost.Build(flags, services => services
            .AddSingleton<Ledger>()
            .AddSingleton<IControlNode, BenchStep>()
            .AddSingleton<INodePlugin, BenchPlugin>());

        Environment.SetEnvironmentVariable("SCHEDULER_ADMIN_PASSWORD", Guid.NewGuid().ToString());
        await SchedulerHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        return new EngineHost(app);
    }

    /// <summary>Uploads a package into a project of its own.</summary>
    public async Task<Project> UploadAsync(byte[] package)
    {
        var projects = app.Services.GetRequiredService<IProjects>();
        var project = await projects.CreateAsync($"bench{++packages}", "measured", Somebody, CancellationToken.None)
            ?? throw new InvalidOperationException("The project exists already");

        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, package);
        var result = await projects.UploadAsync(project.Id, "bench.zip", path, Somebody, CancellationToken.None);
        File.Delete(path);
        return result is UploadResult.Accepted ? project : throw new InvalidOperationException($"The package was refused: {result}");
    }

    /// <summary>Stores and starts an execution.</summary>
    public async Task<long> SubmitAsync(Project project, string workflow = "bench", int maxParallel = int.MaxValue)
    {
        var options = new ExecutionOptions { Concurrency = ConcurrencyOption.Concurrent, MaxParallelNodes = maxParallel };
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

    /// <summary>The newest execution there is.</summary>
    public async Task<long> FindNewestAsync()
    {
        var page = await Executions.ListAsync(new ExecutionFilter(), 0, 1, CancellationToken.None);
        return page.Executions.Single().Id;
    }

    /// <summary>Nodes of a type that the store says have succeeded, and those of them that took more than one attempt.</summary>
    public async Task<(int Succeeded, int Repeated)> CountStoredAsync(long execution, string type)
    {
        var view = await Executions.GetAsync(execution, CancellationToken.None);
        var nodes = view!.Nodes.Where(node => node.Type == type && node.Status == NodeStatus.Succeeded).ToList();
        return (nodes.Count, nodes.Count(node => node.Attempt > 1));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
