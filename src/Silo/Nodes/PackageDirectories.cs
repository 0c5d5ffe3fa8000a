using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Each execution's own copy of its package on this silo: <c>work/&lt;execution&gt;</c>. Unpacked when a node first asks for it and
/// removed when the execution has ended, so jobs may change files without others seeing it.
/// </summary>
internal sealed class PackageDirectories(IProjects projects, IOptions<ArchiveOptions> archives, IOptions<EngineOptions> options)
{
    private readonly ConcurrentDictionary<long, Lazy<Task<string>>> directories = new();

    /// <summary>The directory of an execution, unpacked completely.</summary>
    public async ValueTask<string> GetAsync(long executionId, PackageVersion version, CancellationToken cancellationToken)
    {
        var directory = directories.GetOrAdd(executionId, id => new Lazy<Task<string>>(() => UnpackAsync(id, version)));
        try
        {
            return await directory.Value.WaitAsync(cancellationToken);
        }
        catch when (directory.Value.IsFaulted)
        {
            // The next attempt may find the disk or the store in a better state.
            directories.TryRemove(new(executionId, directory));
            throw;
        }
    }

    /// <summary>Removes the copy, if there is one; nothing of the execution may run here any more.</summary>
    public void Remove(long executionId)
    {
        directories.TryRemove(executionId, out _);
        var path = PathOf(executionId);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    /// <summary>Executions that have a copy here, from before a restart too.</summary>
    public IReadOnlyList<long> List() =>
        !Directory.Exists(options.Value.WorkFolder)
            ? []
            : [.. Directory.EnumerateDirectories(options.Value.WorkFolder)
                .Select(path => long.TryParse(Path.GetFileName(path), out var id) ? id : 0)
                .Where(id => id > 0)];

    /// <summary>Where the copy of an execution is or will be; a full path.</summary>
    public string PathOf(long executionId) => Path.Combine(options.Value.WorkFolder, executionId.ToString());

    private async Task<string> UnpackAsync(long executionId, PackageVersion version)
    {
        var path = PathOf(executionId);
        if (Directory.Exists(path)) return path;

        Directory.CreateDirectory(options.Value.WorkFolder);
        var download = $"{path}.{Guid.NewGuid():N}.zip";
        try
        {
            await using (var archive = await projects.OpenArchiveAsync(version, CancellationToken.None))
            await using (var file = File.Create(download))
                await archive.CopyToAsync(file);

            // Unpacked beside it and then renamed: a directory of that name is always complete.
            await UnpackAsync(download, $"{download}.part");
            Directory.Move($"{download}.part", path);
            return path;
        }
        finally
        {
            File.Delete(download);
        }
    }

    private async Task UnpackAsync(string archive, string directory)
    {
        using var handle = File.OpenHandle(archive);
        var result = new ArchiveReader(archives.Value).Read(handle, CancellationToken.None);
        if (result is not ArchiveResult.Opened(var tree, _))
            throw new InvalidDataException($"The stored package cannot be unpacked: {((ArchiveResult.Refused)result).Finding}");

        using (tree)
            foreach (var file in tree.Files)
            {
                var target = Path.Combine(directory, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await using var content = tree.Open(file);
                await using var copy = File.Create(target);
                await content.CopyToAsync(copy);
            }
    }
}
