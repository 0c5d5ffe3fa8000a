namespace Scheduler.Contracts.Plugins;

/// <summary>The plugins that are installed in the folders of the cluster's processes, each of which has its own.</summary>
public interface IPlugins
{
    /// <summary>What is loaded now.</summary>
    Task<IReadOnlyList<SiloPlugins>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Every process looks into its folders again: new plugins are loaded, changed ones replaced, missing ones removed. Attempts that run
    /// keep what they began with.
    /// </summary>
    Task<IReadOnlyList<SiloPlugins>> ReloadAsync(CancellationToken cancellationToken);
}

/// <summary>The plugins of the silo that its key names.</summary>
[Alias("scheduler/plugin-grain")]
public interface IPluginGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<PluginStatus>> ListAsync();

    [Alias("reload")]
    Task<IReadOnlyList<PluginStatus>> ReloadAsync();
}
