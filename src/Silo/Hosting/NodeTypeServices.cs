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
using Scheduler.Silo.Cli.Plugins;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins;
using Scheduler.Silo.Plugins.Isolation;

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
        // Asked for when a node runs: what answers it reads projects, which are checked by these types.
        var key = new KeyPlugin(provider.GetRequiredService<IKeyResolver>);
        var plugins = provider.GetServices<INodePlugin>().Prepend(key);
        var resolved = provider.GetServices<IControlNode>().SelectMany(node => NodeTypeDescription.Of(node.GetType()));
        return new NodeTypes(
        [
            .. CreateBuiltIn(provider), .. plugins.SelectMany(NodeType.Of),
            .. resolved.Select(description => new NodeType(description, plugin: null)),
        ]);
    }

    private static IEnumerable<NodeType> CreateBuiltIn(IServiceProvider provider)
    {
        var (processes, exports, plugins) = (Get<ProcessOptions>(provider), Get<ExportOptions>(provider), Get<PluginOptions>(provider));
        var types = BuiltInPlugins.Create(processes, exports, Get<HttpOptions>(provider)).SelectMany(NodeType.Of);
        if (!plugins.IsolateOdbc) return types;

        var host = new PluginHost(AppContext.BaseDirectory, PluginHostCommand.CommandForBuiltIn(exports.Folder), plugins, processes);
        return types.Select(type => NativeDrivers.KeepOut(type, host));
    }

    private static T Get<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
