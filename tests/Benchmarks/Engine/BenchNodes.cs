using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;

namespace Scheduler.Benchmarks.Engine;

/// <summary>A no-op node with a body that can be counted, resolved where <c>noop</c> is.</summary>
internal sealed class BenchStep(Ledger ledger) : IControlNode
{
    public const string TypeId = "bench.step";

    private static readonly AttemptResult Succeeded = new AttemptResult.Succeeded(new Dictionary<string, string>());

    public string Type => TypeId;

    public AttemptResult Run(AttemptId attempt)
    {
        ledger.Hit(attempt.ExecutionId, attempt.Node);
        return Succeeded;
    }
}

/// <summary>The same as a plugin: it takes a slot and goes through a node grain.</summary>
[NodeType(TypeId)]
internal sealed class BenchPlugin(Ledger ledger) : INodePlugin
{
    public const string TypeId = "bench.plugin";

    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        ledger.Hit(context.Attempt.ExecutionId, context.Attempt.Node);
        return Task.FromResult<NodeResult>(NodeResult.Succeeded.WithoutOutputs);
    }
}

/// <summary>The command node that comes with the scheduler, with its attempts counted.</summary>
[NodeType("command")]
internal sealed class CountedCommand(INodePlugin command, Ledger ledger) : INodePlugin
{
    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        ledger.Hit(context.Attempt.ExecutionId, context.Attempt.Node);
        return command.RunAsync(context, cancellationToken);
    }
}
