using Orleans.Concurrency;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Plugins;

/// <summary>Lets other processes of the cluster see and reload the plugins of this silo.</summary>
[OnNamedSilo, Reentrant]
internal sealed class PluginGrain(PluginLoader loader) : Grain, IPluginGrain
{
    public Task<IReadOnlyList<PluginStatus>> ListAsync() => Task.FromResult(loader.Plugins);

    public Task<IReadOnlyList<PluginStatus>> ReloadAsync() => loader.LoadAsync(CancellationToken.None);
}
