using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>A plugin without fault whose work goes on elsewhere. Others get one thing of it wrong.</summary>
[NodeType("query")]
internal class QueryPlugin(QueryServer server) : IReattachingPlugin
{
    protected QueryServer Server => server;

    public virtual async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
    {
        if (context.Properties["query"] == "wrong") return new NodeResult.Failed("query.wrong", "The query is wrong", CanRetry: false);

        var handle = server.Start(context.IdempotencyKey, context.Properties["query"] == "endless");
        await SaveAsync(context, handle, cancellationToken);
        return await FollowAsync(handle, cancellationToken);
    }

    public virtual Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        FollowAsync(handle, cancellationToken);

    public virtual Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken)
    {
        server.Kill(handle);
        return Task.CompletedTask;
    }

    protected virtual Task SaveAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        context.SaveHandleAsync(handle, cancellationToken);

    private async Task<NodeResult> FollowAsync(string handle, CancellationToken cancellationToken)
    {
        try
        {
            return await server.WaitAsync(handle, cancellationToken)
                ? new NodeResult.Succeeded(new Dictionary<string, string> { ["rows"] = "3" })
                : new NodeResult.Failed("query.killed", "Somebody has killed the query");
        }
        catch (OperationCanceledException)
        {
            server.Kill(handle);
            throw;
        }
    }
}
