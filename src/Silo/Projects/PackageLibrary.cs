using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Storage.Content;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Projects;

/// <summary>Package versions and what is in them. Versions stay readable when their project is deleted: executions may need them.</summary>
internal sealed class PackageLibrary(PackageVersionStore versions, IContentStore content, DefinitionCache definitions)
{
    /// <summary>Null when there is no such version; null for <paramref name="number"/> takes the newest.</summary>
    public async Task<PackageVersion?> FindAsync(int projectId, int? number, CancellationToken cancellationToken) =>
        (await versions.FindAsync(projectId, number, cancellationToken))?.Version;

    public Task<Stream> OpenArchiveAsync(PackageVersion version, CancellationToken cancellationToken) =>
        content.OpenAsync(version.Sha256, cancellationToken);

    public ValueTask<PackageDefinition> GetDefinitionAsync(PackageVersion version, CancellationToken cancellationToken) =>
        definitions.GetAsync(new(version.ProjectId, version.Number), () => LoadDefinitionAsync(version), cancellationToken);

    /// <summary>Every file of the archive, ordered by path; their bytes are in the content store.</summary>
    /// <exception cref="KeyNotFoundException">No such version is stored.</exception>
    public async Task<IReadOnlyList<PackageFile>> ListFilesAsync(PackageVersion version, CancellationToken cancellationToken) =>
        (await ReadManifestAsync(await RequireAsync(version, cancellationToken), cancellationToken)).Files;

    public async Task<PackageManifest> ReadManifestAsync(ReadPackage package, CancellationToken cancellationToken) =>
        DefinitionJson.ReadManifest(await ReadAllAsync(package.ManifestSha256, cancellationToken));

    private async Task<DefinitionCache.Loaded> LoadDefinitionAsync(PackageVersion version)
    {
        var package = await RequireAsync(version, CancellationToken.None);
        var json = await ReadAllAsync(package.DefinitionSha256, CancellationToken.None);
        return new(DefinitionJson.ReadDefinition(json), json.Length);
    }

    private async Task<ReadPackage> RequireAsync(PackageVersion version, CancellationToken cancellationToken) =>
        await versions.FindAsync(version.ProjectId, version.Number, cancellationToken) is { Read: var package }
            ? package
            : throw new KeyNotFoundException($"There is no version {version.Number} of project {version.ProjectId}.");

    private async Task<byte[]> ReadAllAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var stream = await content.OpenAsync(sha256, cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
