using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>Plugins with work elsewhere that are without fault but for one thing. The name says which.</summary>
internal static class QueryDefects
{
    [NodeType("query")]
    internal sealed class SavesNoHandle(QueryServer server) : QueryPlugin(server)
    {
        protected override Task SaveAsync(NodeContext context, string handle, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [NodeType("query")]
    internal sealed class StartsAgain(QueryServer server) : QueryPlugin(server)
    {
        public override Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
            RunAsync(context, cancellationToken);
    }

    [NodeType("query")]
    internal sealed class LeavesTheQueryWhenItIsCancelled(QueryServer server) : QueryPlugin(server)
    {
        public override async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
        {
            if (context.Properties["query"] != "endless") return await base.RunAsync(context, cancellationToken);

            var handle = Server.Start(context.IdempotencyKey, isEndless: true);
            await SaveAsync(context, handle, cancellationToken);
            await Server.WaitAsync(handle, cancellationToken);
            return NodeResult.Succeeded.WithoutOutputs;
        }
    }

    [NodeType("query")]
    internal sealed class IgnoresCancelAfterItHasTakenOver(QueryServer server) : QueryPlugin(server)
    {
        public override Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
            base.ReattachAsync(context, handle, CancellationToken.None);
    }

    [NodeType("query")]
    internal sealed class KillsNothing(QueryServer server) : QueryPlugin(server)
    {
        public override Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [NodeType("query")]
    internal sealed class StumblesOverASecondKill(QueryServer server) : QueryPlugin(server)
    {
        public override Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
            Server.Kill(handle) ? Task.CompletedTask : throw new InvalidOperationException("There is no such query.");
    }
}
