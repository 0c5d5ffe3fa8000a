using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Key;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins;

namespace Scheduler.Silo.Hosting;

/// <summary>Registers the node types, on every process: one that only answers HTTP checks packages and orders by them.</summary>
internal static class NodeTypeServices
{
    public static IServiceCollection AddNodeTypes(this IServiceCollection services)
    {
        services.AddOptions<ProcessOptions>().BindConfiguration("Processes").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExportOptions>().BindConfiguration(ExportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HttpOptions>().BindConfiguration(HttpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PluginOptions>().BindConfiguration(PluginOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IControlNode, NoopNode>());
        return services
            .AddSingleton(CreateTypes)
            .AddSingleton<PluginLoader>()
            .AddHostedService(provider => provider.GetRequiredService<PluginLoader>())
            .AddSingleton<INodeTypes>(provider => provider.GetRequiredService<NodeTypes>());
    }

    /// <summary>Says where plugins are, and what they are copied to, unless the configuration does.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="dataFolder">Has a folder <c>plugins</c>, or none.</param>
    /// <param name="copyFolder">Null for one in the data folder.</param>
    public static IServiceCollection UsePluginsOf(this IServiceCollection services, string dataFolder, string? copyFolder = null) =>
        services.PostConfigure<PluginOptions>(options =>
        {
            if (options.Folder.Length == 0) options.Folder = Path.Combine(dataFolder, "plugins");
            if (options.CopyFolder.Length == 0) options.CopyFolder = copyFolder ?? Path.Combine(dataFolder, "plugin-copies");
        });

    private static NodeTypes CreateTypes(IServiceProvider provider)
    {
        var builtIn = BuiltInPlugins.Create(
            provider.GetRequiredService<IOptions<ProcessOptions>>().Value,
            provider.GetRequiredService<IOptions<ExportOptions>>().Value,
            provider.GetRequiredService<IOptions<HttpOptions>>().Value);
        // Asked for when a node runs: what answers it reads projects, which are checked by these types.
        var key = new KeyPlugin(provider.GetRequiredService<IKeyResolver>);
        var plugins = builtIn.Append(key).Concat(provider.GetServices<INodePlugin>());
        var resolved = provider.GetServices<IControlNode>().SelectMany(node => NodeTypeDescription.Of(node.GetType()));
        return new NodeTypes([.. plugins.SelectMany(NodeType.Of), .. resolved.Select(description => new NodeType(description, plugin: null))]);
    }
}
