using System.ComponentModel.DataAnnotations;
using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.SamplePlugins;

/// <summary>Settings of <see cref="Greet"/>.</summary>
public sealed class GreetSettings
{
    [Setting("Name", "姓名", Description = "Who is greeted.", DescriptionZh = "问候的对象。")]
    public required string Name { get; set; }

    [Setting("Times", "次数"), Range(1, 10)]
    public int Times { get; set; } = 1;

    [Setting("Data source", "数据源", Widget = Widgets.DataSource)]
    public string? Source { get; set; }
}

/// <summary>Uses everything that a context offers.</summary>
[NodeType("sample.greet", Title = "Greet", TitleZh = "问候", Settings = typeof(GreetSettings))]
public sealed class Greet : NodePlugin<GreetSettings>, IReattachingPlugin
{
    public async Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken)
    {
        await context.Log.WriteLineAsync(LogLevel.Info, $"found {handle}", cancellationToken);
        return new NodeResult.Waiting("the answer", TimeSpan.FromSeconds(90));
    }

    public async Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        await context.Log.WriteLineAsync(LogLevel.Warn, $"ended {handle}", cancellationToken);

    protected override async Task<NodeResult> RunAsync(GreetSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine("on standard output");
        await context.SaveHandleAsync($"greeting {settings.Name}", cancellationToken);
        for (var i = 0; i < settings.Times; i++) await context.Log.WriteLineAsync(LogLevel.Info, $"Hello {settings.Name}", cancellationToken);
        await context.Log.WriteOutputAsync(Encoding.UTF8.GetBytes("raw\n"), cancellationToken);
        context.Report(new NodeProgress(Rows: settings.Times, Percent: 100, Text: "done"));

        var source = settings.Source is { } name ? context.FindDataSource(name) : null;
        return new NodeResult.Succeeded(new Dictionary<string, string>
        {
            ["greeted"] = settings.Name,
            ["process"] = $"{Environment.ProcessId}",
            ["marker"] = Environment.GetEnvironmentVariable("SCHEDULER_ATTEMPT") ?? "",
            ["package"] = await context.GetPackageDirectoryAsync(cancellationToken),
            ["directory"] = await context.GetDefaultDirectoryAsync(cancellationToken),
            ["password"] = source?.Password ?? "",
            ["revealed"] = context.Reveal("${secret:token}"),
            ["version"] = typeof(Greet).Assembly.GetName().Version!.ToString(),
        });
    }
}
