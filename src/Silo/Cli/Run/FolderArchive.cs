using System.IO.Compression;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Makes the archive of a folder that was read in place, so that it takes the same way in as an uploaded one.</summary>
internal static class FolderArchive
{
    /// <summary>Stored without compression: it is read once, on this machine.</summary>
    /// <param name="tree">The folder's files.</param>
    /// <param name="zipPath">A file that does not exist yet.</param>
    public static void Write(PackageTree tree, string zipPath)
    {
        using var zip = ZipFile.Open(zipPath, ZipArchiveMode.Create);
        foreach (var file in tree.Files)
            // Files without length are never opened: pipes look like them and would block.
            if (file.Length == 0) zip.CreateEntry(file.Path, CompressionLevel.NoCompression);
            else zip.CreateEntryFromFile(tree.PathOf(file), file.Path, CompressionLevel.NoCompression);
    }
}
