using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Cli.Plugins;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins.Isolation;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Scheduler.Silo.Plugins;

/// <summary>
/// Brings the node types of the plugin folders into this process: when it starts, and whenever it is asked to. A plugin that cannot be
/// used is told as faulty and holds up nobody.
/// </summary>
internal sealed partial class PluginLoader(
    NodeTypes types, IOptions<PluginOptions> options, IOptions<ProcessOptions> processes, ILogger<PluginLoader> log) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly PluginCopies copies = new(options.Value.CopyFolder);
    private readonly List<LoadedPlugin> retired = [];
    private volatile IReadOnlyList<LoadedPlugin> loaded = [];

    /// <summary>In the order of the folders.</summary>
    public IReadOnlyList<PluginStatus> Plugins => [.. loaded.Select(plugin => plugin.Status)];

    public Task StartAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks into the folders (again). What has not changed since it was loaded stays as it is.</summary>
    public async Task<IReadOnlyList<PluginStatus>> LoadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var before = loaded;
            var now = new List<LoadedPlugin>();
            foreach (var root in options.Value.Folders.Where(HoldsPlugin)) now.Add(Misplaced(root));
            foreach (var folder in Find()) now.Add(await LoadAsync(folder, before, cancellationToken));
            Settle(now);
            types.Use([.. now.SelectMany(plugin => plugin.Types)]);
            loaded = now;

            foreach (var plugin in before.Except(now)) Retire(plugin);
            retired.RemoveAll(plugin => plugin.TryRemove());
            return Plugins;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Loads one folder to see whether it can be, and forgets it.</summary>
    public async Task<(PluginStatus Status, IReadOnlyList<NodeTypeDescription> Types)> TryAsync(string folder, CancellationToken cancellationToken)
    {
        var plugin = await LoadAsync(Path.GetFullPath(folder), [], cancellationToken);
        Settle([plugin]);
        var found = (plugin.Status, plugin.Types.Select(type => type.Description).ToList());
        plugin.Retire();
        return found;
    }

    public void Dispose()
    {
        copies.Dispose();
        turn.Dispose();
    }

    private static bool HoldsPlugin(string root) => File.Exists(Path.Combine(root, PluginManifest.FileName));

    private LoadedPlugin Misplaced(string root)
    {
        const string fault = "Each plugin needs a folder of its own in this one; move its files there";
        var status = new PluginStatus { Name = Path.GetFileName(root), Folder = root };
        LogFaulty(status.Name, root, fault);
        return LoadedPlugin.Faulty(status, fault);
    }

    /// <summary>Names that begin with a dot are left out: whoever unpacks a plugin may do so under one and rename it then.</summary>
    private IEnumerable<string> Find() => options.Value.Folders.Where(Directory.Exists)
        .SelectMany(root => Directory.EnumerateDirectories(root).Where(folder => Path.GetFileName(folder)[0] != '.').Order(StringComparer.Ordinal));

    private async Task<LoadedPlugin> LoadAsync(string folder, IReadOnlyList<LoadedPlugin> before, CancellationToken cancellationToken)
    {
        var status = new PluginStatus { Name = Path.GetFileName(folder), Folder = folder };
        try
        {
            var files = PluginFiles.Of(folder);
            var fingerprint = files.Fingerprint;
            if (before.FirstOrDefault(plugin => plugin.Status.Folder == folder && plugin.Status.Fault is null && plugin.Fingerprint == fingerprint) is { } same)
                return same;

            var manifest = PluginManifest.Read(folder);
            status = status with { Name = manifest.Name, Version = manifest.Version, Isolation = manifest.Isolation, Description = manifest.Description };
            var copy = copies.Add(files, manifest.Name);
            var plugin = manifest.Isolation == PluginIsolation.Process
                ? await LoadIsolatedAsync(status, manifest, fingerprint, copy, cancellationToken)
                : await LoadSharedAsync(status, manifest, fingerprint, copy, cancellationToken);
            LogLoaded(manifest.Name, manifest.Version, string.Join(", ", plugin.Status.NodeTypes));
            return plugin;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = exception is PluginFaultException ? exception.Message : $"It cannot be loaded: {exception.Message}";
            LogFaulty(status.Name, folder, fault);
            return LoadedPlugin.Faulty(status, fault);
        }
    }

    private async Task<LoadedPlugin> LoadSharedAsync(
        PluginStatus status, PluginManifest manifest, string fingerprint, string copy, CancellationToken cancellationToken)
    {
        // A constructor that never returns keeps its thread, but not the server.
        var loading = Task.Run(() => PluginAssembly.Load(copy, manifest), cancellationToken);
        try
        {
            var (context, found) = await loading.WaitAsync(options.Value.StartTimeout, TimeProvider.System, cancellationToken);
            return LoadedPlugin.Ready(status, fingerprint, found, copy, context, host: null);
        }
        catch (TimeoutException)
        {
            throw new PluginFaultException($"It has not been loaded within {options.Value.StartTimeout.TotalSeconds} s");
        }
    }

    private async Task<LoadedPlugin> LoadIsolatedAsync(
        PluginStatus status, PluginManifest manifest, string fingerprint, string copy, CancellationToken cancellationToken)
    {
        var command = manifest.Command ?? PluginHostCommand.CommandFor(copy);
        var host = new PluginHost(copy, command, options.Value, processes.Value);
        var found = (await host.DescribeAsync(cancellationToken)).Select(type => NodeTypeOf(type, manifest, host)).ToList();
        return found.Count > 0
            ? LoadedPlugin.Ready(status, fingerprint, found, copy, context: null, host)
            : throw new PluginFaultException("It describes no node type");
    }

    private static NodeType NodeTypeOf(DescribedType type, PluginManifest manifest, PluginHost host) => new(
        new NodeTypeDescription
        {
            Id = type.Id,
            Version = type.Version,
            Title = type.Title ?? type.Id,
            TitleZh = type.TitleZh ?? type.Title ?? type.Id,
            Description = type.Description,
            DescriptionZh = type.DescriptionZh,
            Schema = type.Schema,
            Plugin = manifest.Name,
        },
        type.Reattaches ? new ReattachingProcessPlugin(host) : new ProcessPlugin(host));

    /// <summary>Of two that want the same the first gets it, and the other one is faulty.</summary>
    private void Settle(List<LoadedPlugin> plugins)
    {
        var names = new Dictionary<string, LoadedPlugin>(StringComparer.Ordinal);
        var claims = new Dictionary<string, LoadedPlugin>(StringComparer.Ordinal);
        for (var i = 0; i < plugins.Count; i++)
        {
            var plugin = plugins[i];
            if (plugin.Status.Fault is not null) continue;

            if (FindClash(plugin, names, claims) is { } clash)
            {
                LogFaulty(plugin.Status.Name, plugin.Status.Folder, clash);
                plugins[i] = LoadedPlugin.Faulty(plugin.Status with { NodeTypes = [] }, clash);
                Retire(plugin);
                continue;
            }

            names.Add(plugin.Status.Name, plugin);
            foreach (var type in plugin.Types) claims.Add(type.Description.Id, plugin);
        }
    }

    private string? FindClash(LoadedPlugin plugin, Dictionary<string, LoadedPlugin> names, Dictionary<string, LoadedPlugin> claims)
    {
        if (names.TryGetValue(plugin.Status.Name, out var namesake)) return $"The plugin in {namesake.Status.Folder} has the name {plugin.Status.Name} too";

        var ids = plugin.Types.Select(type => type.Description.Id).ToList();
        foreach (var id in ids)
        {
            if (id.Length == 0 || !id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-'))
                return $"'{id}' is no id of a node type; use small letters, digits, dots and hyphens";
            if (types.IsTaken(id)) return $"Node type '{id}' comes with the scheduler and cannot be replaced";
            if (claims.TryGetValue(id, out var other)) return $"Node type '{id}' is claimed by the plugins {other.Status.Name} and {plugin.Status.Name}; remove one of them";
        }

        return ids.Count > ids.Distinct(StringComparer.Ordinal).Count() ? "Two of its classes name the same node type" : null;
    }

    private void Retire(LoadedPlugin plugin)
    {
        plugin.Retire();
        retired.Add(plugin);
    }

    [LoggerMessage(LogLevel.Information, "Plugin {Name} {Version} is loaded; its node types: {NodeTypes}")]
    private partial void LogLoaded(string name, string version, string nodeTypes);

    [LoggerMessage(LogLevel.Warning, "Plugin {Name} in {Folder} cannot be used: {Fault}")]
    private partial void LogFaulty(string name, string folder, string fault);
}
