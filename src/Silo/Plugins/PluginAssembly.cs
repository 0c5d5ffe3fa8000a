using System.Reflection;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Plugins;

/// <summary>Loads the plugin classes of an assembly into this process.</summary>
internal static class PluginAssembly
{
    /// <param name="folder">Where the assembly and all it needs are.</param>
    /// <param name="manifest">Names the assembly.</param>
    /// <returns>What is to be unloaded, and the node types of all plugin classes.</returns>
    /// <exception cref="PluginFaultException">It cannot be used; nothing of it stays loaded.</exception>
    public static (PluginLoadContext Context, IReadOnlyList<NodeType> Types) Load(string folder, PluginManifest manifest)
    {
        var path = Path.Combine(folder, manifest.Assembly!);
        if (!File.Exists(path)) throw new PluginFaultException($"There is no assembly {manifest.Assembly} in the folder");

        var context = new PluginLoadContext(manifest.Name, path);
        try
        {
            var types = ClassesOf(context, manifest).SelectMany(type => NodeTypesOf(type, manifest)).ToList();
            return types.Count > 0
                ? (context, types)
                : throw new PluginFaultException($"{manifest.Assembly} has no public class that implements INodePlugin and names a [NodeType]");
        }
        catch (Exception exception)
        {
            context.Unload();
            throw exception as PluginFaultException ?? new PluginFaultException($"{manifest.Assembly} cannot be loaded: {Explain(exception)}");
        }
    }

    private static IEnumerable<Type> ClassesOf(PluginLoadContext context, PluginManifest manifest)
    {
        try
        {
            return context.LoadMain().GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(INodePlugin)));
        }
        catch (BadImageFormatException)
        {
            throw new PluginFaultException($"{manifest.Assembly} is no assembly of .NET");
        }
    }

    private static IEnumerable<NodeType> NodeTypesOf(Type type, PluginManifest manifest)
    {
        var descriptions = NodeTypeDescription.Of(type);
        if (descriptions.Count == 0) return [];
        if (type.GetConstructor(Type.EmptyTypes) is null) throw new PluginFaultException($"{type} has no public constructor without parameters");

        try
        {
            var plugin = (INodePlugin)Activator.CreateInstance(type)!;
            return [.. descriptions.Select(description => new NodeType(description with { Plugin = manifest.Name }, plugin))];
        }
        catch (TargetInvocationException exception)
        {
            throw new PluginFaultException($"The constructor of {type} throws: {Explain(exception.InnerException!)}");
        }
    }

    /// <summary>Words alone: the exception itself would keep the plugin in memory.</summary>
    private static string Explain(Exception exception) => exception switch
    {
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
        TypeInitializationException { InnerException: { } inner } => inner.Message,
        _ => exception.Message,
    };
}
