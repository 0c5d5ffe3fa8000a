using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Plugins;

/// <summary>
/// The assemblies of one plugin. The plugin interface is shared with the server, as is what belongs to .NET itself; everything else a
/// plugin brings along, in whatever version it likes.
/// </summary>
internal sealed class PluginLoadContext(string name, string assemblyPath) : AssemblyLoadContext(name, isCollectible: true)
{
    private static readonly string Shared = typeof(INodePlugin).Assembly.GetName().Name!;
    private static readonly string[] Frameworks =
        [RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location)!];

    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    public Assembly LoadMain() => LoadFromAssemblyPath(assemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Shared) return null;
        if (resolver.ResolveAssemblyToPath(assemblyName) is { } path) return LoadFromAssemblyPath(path);

        // Null would hand out what the server itself is made of, in a version that changes with each of its releases.
        return IsOfServer(assemblyName.Name!)
            ? throw new FileNotFoundException($"{assemblyName.Name}.dll is not in the folder of the plugin, and the server does not share its own")
            : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsOfServer(string name) =>
        File.Exists(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")) && !Frameworks.Any(folder => File.Exists(Path.Combine(folder, $"{name}.dll")));
}
