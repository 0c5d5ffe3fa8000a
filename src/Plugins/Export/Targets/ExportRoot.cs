using System.Text;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>
/// The folder that exports are confined to. Paths below it are relative, with <c>/</c>; no part of them is <c>..</c>, hidden or a link.
/// </summary>
/// <param name="folder">Absolute. May itself be reached through links: whoever configures it decides.</param>
internal sealed class ExportRoot(string folder)
{
    /// <summary>Of the 255 that file systems allow; the rest is for the names of what is not finished.</summary>
    private const int MaxNameBytes = 240;

    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>The absolute path of a target, whose folders exist when this returns.</summary>
    public string Prepare(string relative)
    {
        var parts = Parts(relative);
        Directory.CreateDirectory(folder);

        var path = folder;
        foreach (var part in parts[..^1])
        {
            path = Path.Combine(path, part);
            CreateFolder(path);
            RefuseLink(path, relative);
        }

        return Path.Combine(path, parts[^1]);
    }

    /// <summary>A file to read from.</summary>
    public FileStream OpenRead(string relative)
    {
        var path = folder;
        foreach (var part in Parts(relative))
        {
            path = Path.Combine(path, part);
            RefuseLink(path, relative);
        }

        if (!File.Exists(path)) throw new ExportException("export.no-file", $"There is no file '{relative}'.");

        return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    public static void CreateFolder(string path) => Directory.CreateDirectory(path, FolderMode);

    private static string[] Parts(string relative)
    {
        var parts = relative.Split('/');
        return Array.TrueForAll(parts, IsName) ? parts : throw new ExportException("export.path",
            $"'{relative}' is no path below the export folder: parts are separated by /, " +
            $"none is empty, starts with a dot, holds control characters or has more than {MaxNameBytes} bytes.");
    }

    private static bool IsName(string part) =>
        part.Length > 0 && part[0] != '.' && !part.Any(char.IsControl) && Encoding.UTF8.GetByteCount(part) <= MaxNameBytes;

    private static void RefuseLink(string path, string relative)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new ExportException("export.path", $"'{relative}' leads through a link, which may leave the export folder.");
    }
}
