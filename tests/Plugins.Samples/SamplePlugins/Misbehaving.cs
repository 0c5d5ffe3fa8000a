using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.SamplePlugins;

/// <summary>Ends its process in ways that no plugin should.</summary>
[NodeType("sample.crash")]
[NodeType("sample.exit")]
[NodeType("sample.throw")]
public sealed class Ending : INodePlugin
{
    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        if (context.NodeType == "sample.crash") Environment.FailFast("the plugin has lost its mind");
        if (context.NodeType == "sample.exit") Environment.Exit(0);
        throw new InvalidOperationException("a defect");
    }
}

/// <summary>Hangs, deaf to every request to stop.</summary>
[NodeType("sample.hang")]
public sealed class Hanging : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        await context.Log.WriteLineAsync(LogLevel.Info, "hanging", cancellationToken);
        new ManualResetEvent(initialState: false).WaitOne();
        return NodeResult.Succeeded.WithoutOutputs;
    }
}

/// <summary>Stops when it is asked to.</summary>
[NodeType("sample.wait")]
public sealed class Waiting : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        await context.Log.WriteLineAsync(LogLevel.Info, "waiting", cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellationToken);
        return NodeResult.Succeeded.WithoutOutputs;
    }
}

/// <summary>Writes as many bytes on standard output as its property <c>bytes</c> says.</summary>
[NodeType("sample.flood")]
public sealed class Flooding : INodePlugin
{
    public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        var chunk = Encoding.UTF8.GetBytes(new string('x', 8_191) + '\n');
        await using var output = Console.OpenStandardOutput();
        for (var left = long.Parse(context.Properties["bytes"]); left > 0; left -= chunk.Length) await output.WriteAsync(chunk, cancellationToken);
        return NodeResult.Succeeded.WithoutOutputs;
    }
}
