using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Plugins;

/// <summary>
/// Asks every silo, and this process should it be none: it checks packages and orders by the plugins it knows. One that gives no answer
/// is told, and holds up nothing else. Processes that only answer HTTP do not reach each other.
/// </summary>
internal sealed class ClusterPlugins(IGrainFactory grains, LivingSilos silos, SiloIdentity self, PluginLoader loader) : IPlugins
{
    public Task<IReadOnlyList<SiloPlugins>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync(silo => silo.ListAsync(), () => Task.FromResult(loader.Plugins), cancellationToken);

    public Task<IReadOnlyList<SiloPlugins>> ReloadAsync(CancellationToken cancellationToken) =>
        AskAsync(silo => silo.ReloadAsync(), () => loader.LoadAsync(CancellationToken.None), cancellationToken);

    private async Task<IReadOnlyList<SiloPlugins>> AskAsync(
        Func<IPluginGrain, Task<IReadOnlyList<PluginStatus>>> askOther, Func<Task<IReadOnlyList<PluginStatus>>> askSelf, CancellationToken cancellationToken)
    {
        var others = silos.Owners.Where(owner => owner != self.Owner).Select(owner => AskAsync(owner, () => askOther(grains.GetGrain<IPluginGrain>(owner))));
        return await Task.WhenAll(others.Prepend(AskAsync(self.Owner, askSelf))).WaitAsync(cancellationToken);
    }

    private static async Task<SiloPlugins> AskAsync(string silo, Func<Task<IReadOnlyList<PluginStatus>>> ask)
    {
        try
        {
            return new SiloPlugins(silo, await ask());
        }
        catch (Exception exception)
        {
            return new SiloPlugins(silo, [], exception.Message);
        }
    }
}
