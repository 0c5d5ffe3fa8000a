using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Projects;

/// <summary>The one way for a package into a project: read and validate, store its contents, then one transaction that makes the version.</summary>
internal sealed class PackagePublisher(
    PackageReader reader, PackageContent content, PackageLibrary library, PackageVersionStore versions, IOptions<ProjectOptions> options,
    TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turns = new(options.Value.ConcurrentUploads);

    /// <inheritdoc cref="IProjects.UploadAsync"/>
    public async Task<UploadResult> PublishAsync(
        int projectId, string fileName, string archivePath, User user, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            var (sha256, length) = await HashAsync(archivePath, cancellationToken);
            var version = new PackageVersion(projectId, Number: 0, fileName, sha256, length, user.Name, StoredForm.NowOf(clock));

            return await FindSameAsync(version, cancellationToken) is { } same
                ? await AddAsync(version, same, cancellationToken)
                : await ReadAndAddAsync(version, archivePath, cancellationToken);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    /// <summary>What the newest version is made of, when it has the same bytes and nobody would read them differently now.</summary>
    private async Task<ReadPackage?> FindSameAsync(PackageVersion version, CancellationToken cancellationToken) =>
        await versions.FindAsync(version.ProjectId, null, cancellationToken) is { } newest
        && newest.Version.Sha256 == version.Sha256 && content.IsReadAlike(newest.Read)
            ? newest.Read
            : null;

    private async Task<UploadResult> ReadAndAddAsync(PackageVersion version, string archivePath, CancellationToken cancellationToken)
    {
        using var read = await reader.ReadArchiveAsync(archivePath, cancellationToken);
        return read switch
        {
            // Its address is that of the bytes that were read and stored, should the file have changed since it was looked up.
            PackageReadResult.Accepted accepted => await AddAsync(
                version with { Sha256 = accepted.Sha256!, Length = accepted.Length },
                await content.StoreAsync(archivePath, accepted, cancellationToken),
                cancellationToken),
            PackageReadResult.Invalid invalid => new UploadResult.Invalid(invalid.Findings),
            PackageReadResult.Unreadable unreadable => new UploadResult.Unreadable(unreadable.Finding),
            _ => throw new InvalidOperationException("A package is accepted, invalid or unreadable."),
        };
    }

    private async Task<UploadResult> AddAsync(PackageVersion version, ReadPackage package, CancellationToken cancellationToken)
    {
        var manifest = await library.ReadManifestAsync(package, cancellationToken);
        return await versions.AddAsync(version, package, cancellationToken) is { } added
            ? new UploadResult.Accepted(added, manifest.Warnings)
            : new UploadResult.ProjectGone();
    }

    private static async Task<(string Sha256, long Length)> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return (Convert.ToHexStringLower(hash), file.Length);
    }
}
