using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;

namespace Scheduler.ProcessHost;

/// <summary>A server with a node type whose work goes on elsewhere, to be killed in the middle of it.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(string data, string urls)
    {
        await using var app = SchedulerHost.Build(
            new Dictionary<string, string?> { ["Scheduler:Data"] = data, ["Scheduler:Urls"] = urls },
            services => services.AddSingleton<INodePlugin, Elsewhere>());
        await SchedulerHost.PrepareAsync(app.Services, CancellationToken.None);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Writes what it is asked for into a ledger. While a file of that name with <c>.hold</c> behind it exists, a kill does not end.</summary>
    [NodeType("elsewhere")]
    private sealed class Elsewhere : IReattachingPlugin
    {
        public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
        {
            var handle = $"query {context.Attempt.Number}";
            await NoteAsync(context, "run");
            await context.SaveHandleAsync(handle, cancellationToken);
            await NoteAsync(context, $"saved {handle}");
            if (context.Properties["mode"] == "hold") await Task.Delay(Timeout.Infinite, cancellationToken);

            await context.Log.WriteLineAsync(LogLevel.Info, "asleep", cancellationToken);
            return new NodeResult.Waiting("for the other side", TimeSpan.FromHours(1));
        }

        public async Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken)
        {
            await NoteAsync(context, $"reattach {handle}");
            return NodeResult.Succeeded.WithoutOutputs;
        }

        public async Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken)
        {
            await NoteAsync(context, $"kill {handle}");
            while (File.Exists($"{context.Properties["ledger"]}.hold")) await Task.Delay(50, cancellationToken);
        }

        private static Task NoteAsync(NodeContext context, string what) =>
            File.AppendAllTextAsync(context.Properties["ledger"], $"{context.Attempt.Number} {what}\n", CancellationToken.None);
    }
}
