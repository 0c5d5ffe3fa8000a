using System.Security.Cryptography;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Storage.Content;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Projects;

/// <summary>
/// Puts everything a version will refer to into the content store. It runs before the version exists: a crash leaves contents that
/// nobody refers to, never a version that lacks one.
/// </summary>
internal sealed class PackageContent(IContentStore content, NodeTypes types)
{
    // Files up to this size travel together, in batches of about this many bytes; larger ones are streamed one by one.
    private const int BatchBytes = 4 << 20;
    private const int BatchFiles = 1_000;

    private static readonly string Build = typeof(PackageReader).Module.ModuleVersionId.ToString("N");

    /// <summary>True when a server like this one made it of the archive.</summary>
    public bool IsReadAlike(ReadPackage package) => package.Reader == Reader;

    /// <summary>The same bytes may mean something else to another build, and to one with other node types.</summary>
    private string Reader => types.Revision.Length == 0 ? Build : $"{Build}.{types.Revision}";

    /// <param name="archivePath">The archive the package was read from.</param>
    /// <param name="package">What was read; not disposed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The archive or a file changed meanwhile.</exception>
    public async Task<ReadPackage> StoreAsync(string archivePath, PackageReadResult.Accepted package, CancellationToken cancellationToken)
    {
        await StoreFileAsync(archivePath, package.Sha256!, cancellationToken);
        await StoreFilesAsync(package.Tree, cancellationToken);

        var definition = DefinitionJson.Write(package.Definition);
        var manifest = DefinitionJson.Write(new PackageManifest(package.Files, package.Warnings));
        var read = new ReadPackage(Hash(definition), Hash(manifest), Reader);
        await content.PutManyAsync([(read.DefinitionSha256, definition), (read.ManifestSha256, manifest)], cancellationToken);
        return read;
    }

    private async Task StoreFilesAsync(PackageTree tree, CancellationToken cancellationToken)
    {
        var batch = new List<(string, ReadOnlyMemory<byte>)>();
        var bytes = 0;
        foreach (var file in tree.Files.DistinctBy(file => file.Sha256))
        {
            if (file.Length > BatchBytes)
            {
                await StoreFileAsync(tree.PathOf(file), file.Sha256, cancellationToken);
                continue;
            }

            batch.Add((file.Sha256, tree.ReadAllBytes(file)));
            bytes += (int)file.Length;
            if (bytes < BatchBytes && batch.Count < BatchFiles) continue;

            await content.PutManyAsync(batch, cancellationToken);
            (batch, bytes) = ([], 0);
        }

        if (batch.Count > 0) await content.PutManyAsync(batch, cancellationToken);
    }

    private async Task StoreFileAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var stored = await content.PutAsync(file, cancellationToken);
        if (stored.Sha256 != sha256) throw new IOException($"{path} changed while it was read.");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
