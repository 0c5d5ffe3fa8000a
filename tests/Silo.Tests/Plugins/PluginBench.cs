using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins;
using Scheduler.Silo.Tests.Nodes;

namespace Scheduler.Silo.Tests.Plugins;

/// <summary>A folder to install plugins in, and a process's loader over it.</summary>
internal sealed class PluginBench : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("plugin-bench-");
    private readonly Lazy<PluginLoader> loader;

    public PluginBench()
    {
        Folder = root.CreateSubdirectory("plugins").FullName;
        Options.Folder = Folder;
        Options.CopyFolder = Path.Combine(root.FullName, "copies");
        loader = new(() => new PluginLoader(
            Types, Microsoft.Extensions.Options.Options.Create(Options), Microsoft.Extensions.Options.Options.Create(Processes), NullLogger<PluginLoader>.Instance));
    }

    /// <summary>Of all plugins.</summary>
    public string Folder { get; }

    public PluginOptions Options { get; } = new() { StartTimeout = TimeSpan.FromSeconds(60) };

    public ProcessOptions Processes { get; } = new()
    {
        KillGrace = TimeSpan.FromMilliseconds(300),
        LeftoverGrace = TimeSpan.FromMilliseconds(300),
    };

    public NodeTypes Types { get; } = LoadPlugin.Types();

    public PluginLoader Loader => loader.Value;

    /// <summary>Folders of copies that are there.</summary>
    public IReadOnlyList<string> Copies => Directory.Exists(Options.CopyFolder)
        ? [.. Directory.EnumerateDirectories(Options.CopyFolder).SelectMany(Directory.EnumerateDirectories).Select(path => Path.GetFileName(path)!)]
        : [];

    /// <summary>Copies what a sample project has built, and writes its manifest.</summary>
    /// <returns>The folder.</returns>
    public string Install(string name, string sample = "SamplePlugins", string isolation = "in-process", string? manifest = null)
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..", sample, new DirectoryInfo(AppContext.BaseDirectory).Name));
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return Write(name, manifest ?? $$"""
            { "name": "{{name}}", "version": "1.0", "assembly": "Scheduler.{{sample}}.dll", "contracts": "0.1", "isolation": "{{isolation}}" }
            """);
    }

    /// <summary>Writes a manifest, and nothing else.</summary>
    public string Write(string name, string manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, PluginManifest.FileName), manifest);
        return folder;
    }

    public Task<IReadOnlyList<PluginStatus>> LoadAsync() => Loader.LoadAsync(CancellationToken.None);

    /// <summary>Why the only plugin of the folder cannot be used.</summary>
    public async Task<string> FaultAsync()
    {
        var status = Assert.Single(await LoadAsync());
        Assert.Empty(status.NodeTypes);
        return status.Fault ?? "none";
    }

    public async Task<NodeResult> RunAsync(FakeContext context, CancellationToken cancellationToken = default) =>
        await Types.Find(context.NodeType)!.Plugin!.RunAsync(context, cancellationToken);

    public void Dispose()
    {
        if (loader.IsValueCreated) Loader.Dispose();
        root.Delete(recursive: true);
    }
}
