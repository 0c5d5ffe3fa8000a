using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>Stands in this process for a plugin that runs in processes of its own.</summary>
internal class ProcessPlugin(PluginHost host) : INodePlugin
{
    protected PluginHost Host => host;

    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken) =>
        host.CallAsync(Methods.Run, context, handle: null, cancellationToken);
}

/// <summary>The same for one that finds its work again.</summary>
internal sealed class ReattachingProcessPlugin(PluginHost host) : ProcessPlugin(host), IReattachingPlugin
{
    public Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
        Host.CallAsync(Methods.Reattach, context, handle, cancellationToken);

    public async Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken)
    {
        if (await Host.CallAsync(Methods.Kill, context, handle, cancellationToken) is NodeResult.Failed failed) throw new PluginBrokenException(failed.Message);
    }
}
