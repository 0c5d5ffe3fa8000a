using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>What is expected of every kind of <see cref="QueryPlugin"/>.</summary>
internal sealed class QueryConformance(Func<QueryServer, INodePlugin> create) : ReattachingPluginConformance
{
    private readonly QueryServer _server = new();

    protected override ConformanceCase Success => new() { Properties = { ["query"] = "short" }, Outputs = { ["rows"] = "3" } };

    protected override ConformanceCase Failure => new() { Properties = { ["query"] = "wrong" } };

    protected override ConformanceCase LongRun => new() { Properties = { ["query"] = "endless" } };

    protected override TimeSpan StopLimit => TimeSpan.FromSeconds(3);

    protected override TimeSpan EndLimit => TimeSpan.FromSeconds(5);

    protected override INodePlugin CreatePlugin() => create(_server);

    protected override ValueTask<bool> IsRunningAsync(string handle) => new(_server.IsRunning(handle));

    protected override ValueTask<int> CountStartsAsync(ConformanceContext context) => new(_server.CountStarts(context.IdempotencyKey));
}
