using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Credentials;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>
/// Keeps ODBC drivers out of the server: they are native code, and one that crashes takes its process with it. A node whose data source needs one
/// is run in a process of its own; any other is run here, where it begins at once.
/// </summary>
internal static class NativeDrivers
{
    /// <summary>The type as the server runs it.</summary>
    /// <param name="type">A type that comes with the scheduler.</param>
    /// <param name="host">Runs such types in processes of their own.</param>
    public static NodeType KeepOut(NodeType type, PluginHost host) => type switch
    {
        { DataSources.Count: 0 } or { Plugin: null } => type,
        { Plugin: IReattachingPlugin reattaching } => new NodeType(type.Description, new Reattaching(reattaching, type.DataSources, host)),
        { Plugin: { } plugin } => new NodeType(type.Description, new Divided(plugin, type.DataSources, host)),
    };

    private class Divided(INodePlugin here, IReadOnlyList<DataSourceSetting> settings, PluginHost host) : INodePlugin
    {
        protected INodePlugin Here => here;

        protected PluginHost Host => host;

        public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken) =>
            NeedsDriver(context) ? host.CallAsync(Methods.Run, context, handle: null, cancellationToken) : here.RunAsync(context, cancellationToken);

        protected bool NeedsDriver(NodeContext context) => DataSourceSettings.NamesIn(settings, context.Properties)
            .Any(name => context.FindDataSource(name)?.Kind is DataSourceKinds.Hive or DataSourceKinds.Odbc);
    }

    private sealed class Reattaching(IReattachingPlugin plugin, IReadOnlyList<DataSourceSetting> settings, PluginHost host)
        : Divided(plugin, settings, host), IReattachingPlugin
    {
        public Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
            Choose(context).ReattachAsync(context, handle, cancellationToken);

        public Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken) =>
            Choose(context).KillAsync(context, handle, cancellationToken);

        private IReattachingPlugin Choose(NodeContext context) =>
            NeedsDriver(context) ? new ReattachingProcessPlugin(Host) : (IReattachingPlugin)Here;
    }
}
