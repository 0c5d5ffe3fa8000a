using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Elsewhere;

/// <summary>A server inside the test with one slot and a plugin of the test.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("scheduler-plugin-").FullName;
    private readonly WebApplication app;

    private EmbeddedServer(INodePlugin plugin) => app = SchedulerHost.Build(
        new Dictionary<string, string?>
        {
            ["Scheduler:Data"] = data,
            ["Scheduler:Urls"] = "http://127.0.0.1:0",
            ["Engine:Slots"] = "1",
            ["SCHEDULER_ADMIN_PASSWORD"] = SchedulerServer.Password,
        },
        services => services.AddSingleton(plugin));

    public AzkabanClient Client { get; private set; } = null!;

    public static async Task<EmbeddedServer> StartAsync(INodePlugin plugin)
    {
        var server = new EmbeddedServer(plugin);
        await SchedulerHost.PrepareAsync(server.app.Services, CancellationToken.None);
        await server.app.StartAsync();
        server.Client = await AzkabanClient.LoginAsync(new Uri(server.app.Urls.First()), "admin", SchedulerServer.Password);
        return server;
    }

    public Task<int> ExecuteAsync(string nodes) => ExecuteAsync(Client, nodes);

    /// <summary>Uploads a workflow and starts it.</summary>
    /// <param name="client">Logged in somewhere.</param>
    /// <param name="nodes">As a <c>.flow</c> file lists them.</param>
    public static async Task<int> ExecuteAsync(AzkabanClient client, string nodes)
    {
        await client.CreateProjectAsync("elsewhere");
        await client.UploadAsync("elsewhere", Zip.Of(("elsewhere.project", "azkaban-flow-version: 2.0\n"), ("elsewhere.flow", $"nodes: [{nodes}]\n")));
        return await client.ExecuteAsync("elsewhere", "elsewhere");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
