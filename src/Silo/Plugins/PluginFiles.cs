using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Silo.Plugins;

/// <summary>
/// The files of one plugin. A folder that strangers may write to, or that leads out of itself by a link, is not looked at any further:
/// what is loaded from it runs with all the rights of the server.
/// </summary>
internal sealed class PluginFiles
{
    private readonly string folder;
    private readonly List<(string Path, FileInfo Content)> files = [];

    private PluginFiles(string folder) => this.folder = folder;

    /// <summary>Unlike before whenever a file was added, removed or written.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files
        .OrderBy(file => file.Path, StringComparer.Ordinal)
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Path} {file.Content.Length} {file.Content.LastWriteTimeUtc.Ticks}"))))));

    /// <exception cref="PluginFaultException">The folder is not to be trusted.</exception>
    public static PluginFiles Of(string folder)
    {
        Require(new DirectoryInfo(folder).LinkTarget is null, $"{folder} is a link, and links are not followed");
        RequireOwn(Path.GetDirectoryName(folder)!);
        var found = new PluginFiles(folder);
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (open.TryPop(out var directory))
        {
            RequireOwn(directory.FullName);
            foreach (var entry in directory.EnumerateFileSystemInfos())
                if (entry is DirectoryInfo { LinkTarget: null } inner) open.Push(inner);
                else found.Add(entry);
        }

        return found;
    }

    /// <summary>Copies all of them, links inside the folder as what they lead to.</summary>
    public void CopyTo(string target)
    {
        foreach (var (path, content) in files)
        {
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(content.FullName, copy);
        }
    }

    private void Add(FileSystemInfo entry)
    {
        var path = Path.GetRelativePath(folder, entry.FullName);
        var content = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
        Require(content is FileInfo { Exists: true }, $"{path} is a link to a folder or to nothing, and such links are not followed");
        Require(
            content!.FullName.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal),
            $"{path} is a link out of the folder, and such links are not followed");
        RequireOwn(content.FullName);
        files.Add((path, (FileInfo)content));
    }

    private static void RequireOwn(string path) =>
        Require((File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) == 0, $"{path} can be written by every user of this machine; take that right away (chmod o-w)");

    private static void Require(bool isMet, string fault)
    {
        if (!isMet) throw new PluginFaultException(fault);
    }
}
