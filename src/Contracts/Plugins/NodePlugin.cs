using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Contracts.Plugins;

/// <summary>A plugin that gets its settings as an object instead of texts.</summary>
/// <typeparam name="TSettings">
/// A class with a constructor without parameters, named in <see cref="NodeTypeAttribute.Settings"/> too. The engine has checked the
/// settings before the plugin is called.
/// </typeparam>
public abstract class NodePlugin<TSettings> : INodePlugin
    where TSettings : class
{
    public Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken) =>
        RunAsync(SettingsOf(context), context, cancellationToken);

    /// <summary>Does the work of one attempt, under the rules of <see cref="INodePlugin.RunAsync"/>.</summary>
    protected abstract Task<NodeResult> RunAsync(TSettings settings, NodeContext context, CancellationToken cancellationToken);

    /// <summary>The settings of an attempt.</summary>
    protected static TSettings SettingsOf(NodeContext context) => SettingsReader.Read<TSettings>(context.Properties);
}
