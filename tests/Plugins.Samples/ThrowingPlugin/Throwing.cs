using Scheduler.Contracts.Plugins;

namespace Scheduler.ThrowingPlugin;

/// <summary>Cannot be made.</summary>
[NodeType("sample.throwing")]
public sealed class Throwing : INodePlugin
{
    public Throwing() => throw new InvalidOperationException("the licence has run out");

    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
}
