using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>What is expected of every kind of <see cref="CopyPlugin"/>.</summary>
internal class CopyConformance(Func<INodePlugin> create) : PluginConformance
{
    protected override ConformanceCase Success => new()
    {
        Properties = { ["from"] = "orders.csv", ["token"] = "${secret:token}" },
        Files = { ["orders.csv"] = "12345" },
        Secrets = { ["token"] = "open sesame" },
        Outputs = { ["length"] = "5", ["at"] = null },
    };

    protected override ConformanceCase Failure => new() { Properties = { ["from"] = "nowhere" }, Code = "copy.missing" };

    protected override ConformanceCase? LongRun => new() { Properties = { ["from"] = "a", ["pause"] = "1h" }, Files = { ["a"] = "" } };

    protected override TimeSpan StopLimit => TimeSpan.FromSeconds(3);

    protected override INodePlugin CreatePlugin() => create();

    protected override async ValueTask<int?> CountEffectsAsync(ConformanceContext context) =>
        (await File.ReadAllLinesAsync(Path.Combine(context.Folder.Path, CopyPlugin.ResultFile))).Length;
}
