using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Cli.Run;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Plugins;

namespace Scheduler.Silo.Cli.Validate;

/// <summary>Reads a package that lies on this machine, as an upload of it would be read.</summary>
internal static class PackageReading
{
    /// <param name="path">An existing one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PackageReadResult> ReadAsync(PackagePath path, CancellationToken cancellationToken)
    {
        var configuration = CliConfiguration.Read([]);
        using var copies = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddPackages()
            .UsePluginsOf(CliConfiguration.ReadScheduler(configuration).DataFolder, copies.Path)
            .BuildServiceProvider();
        await services.GetRequiredService<PluginLoader>().LoadAsync(cancellationToken);
        var reader = services.GetRequiredService<PackageReader>();
        return path switch
        {
            PackagePath.Folder folder => await reader.ReadFolderAsync(folder.Path, cancellationToken),
            PackagePath.Archive archive => await reader.ReadArchiveAsync(archive.Path, cancellationToken),
            _ => throw new ArgumentException("There is nothing to read.", nameof(path)),
        };
    }

    /// <summary>Everything there is to say about a package, in the order of its files and lines.</summary>
    public static IReadOnlyList<Finding> FindingsOf(PackageReadResult result) => FindingLines.Sorted(result switch
    {
        PackageReadResult.Accepted accepted => accepted.Warnings,
        PackageReadResult.Invalid invalid => invalid.Findings,
        PackageReadResult.Unreadable unreadable => [unreadable.Finding],
        _ => [],
    });
}
