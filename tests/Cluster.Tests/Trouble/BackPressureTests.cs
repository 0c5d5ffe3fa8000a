using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Torture.Cluster;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Trouble;

/// <summary>A silo takes no new work while too many ends wait to be stored, so that its memory does not grow.</summary>
public sealed class BackPressureTests
{
    private const int Slots = 2;
    private const int MaxWaitingEnds = 3;
    private const int Nodes = 20;

    [Fact]
    public async Task Ends_that_wait_for_the_database_are_bounded()
    {
        var postgreSql = await PostgreSqlServer.SharedAsync();
        await using var proxy = new DatabaseProxy("127.0.0.1", postgreSql.Port);
        var data = Directory.CreateTempSubdirectory("scheduler-trouble-").FullName;
        var quiet = new QuietPlugin();
        await using var app = SchedulerHost.Build(
            new Dictionary<string, string?>
            {
                ["Scheduler:Data"] = data,
                ["Scheduler:Urls"] = "http://127.0.0.1:0",
                ["Scheduler:Database"] = TroubledServer.Through(await postgreSql.CreateDatabaseAsync(), proxy.Port),
                ["Database:Patience"] = "00:00:01",
                ["Engine:Slots"] = $"{Slots}",
                ["Engine:MaxWaitingEnds"] = $"{MaxWaitingEnds}",
                ["SCHEDULER_ADMIN_PASSWORD"] = SchedulerServer.Password,
            },
            services => services.AddSingleton<INodePlugin>(quiet));
        await SchedulerHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.StartAsync();
        using var client = await AzkabanClient.LoginAsync(new Uri(app.Urls.First()), "admin", SchedulerServer.Password);
        await client.CreateProjectAsync("quiet");
        var nodes = Enumerable.Range(0, Nodes).Select(node => $"  - {{ name: n{node}, type: quiet }}\n");
        await client.UploadAsync("quiet", Zip.Of(("quiet.project", "azkaban-flow-version: 2.0\n"), ("quiet.flow", $"nodes:\n{string.Concat(nodes)}")));
        var execution = await client.ExecuteAsync("quiet", "quiet");
        await Eventually.TrueAsync(() => quiet.Begun == Slots);

        proxy.Drop();
        quiet.Open();
        await Eventually.TrueAsync(() => quiet.Begun == Slots + MaxWaitingEnds);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(Slots + MaxWaitingEnds, quiet.Begun);

        proxy.Pass();
        await Eventually.TrueAsync(() => quiet.Begun == Nodes);
        Assert.Equal("SUCCEEDED", (string?)(await client.WaitAsync(execution, TroubledServer.Deadline))["status"]);
        await app.StopAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>Writes no log, so that nothing but its end has to be stored.</summary>
    [NodeType("quiet")]
    private sealed class QuietPlugin : INodePlugin
    {
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int begun;

        public int Begun => Volatile.Read(ref begun);

        public void Open() => gate.SetResult();

        public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref begun);
            await gate.Task.WaitAsync(cancellationToken);
            return NodeResult.Succeeded.WithoutOutputs;
        }
    }
}
