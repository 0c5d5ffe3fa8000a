using System.IO.Compression;
using System.Text;

namespace Scheduler.Testing;

/// <summary>Zip archives made in memory.</summary>
public static class Zip
{
    public static byte[] Of(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        return bytes.ToArray();
    }

    /// <summary>All files below a folder, but those with one of the given names.</summary>
    public static byte[] OfFolder(string folder, params string[] except) => Of([
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !except.Contains(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path), File.ReadAllText(path)))]);
}
