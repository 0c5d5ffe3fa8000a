using System.Security.Cryptography;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Reads a folder in place as the archive it would make: the same names and limits, so that it also uploads. What is hidden, such as
/// <c>.git</c>, is no part of it: a working copy can hold thousands of such files.
/// </summary>
internal sealed class FolderReader(ArchiveOptions options)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = false };

    /// <param name="folder">An existing directory; links inside it are refused, not followed.</param>
    /// <param name="cancellationToken">Gives up; nothing was written.</param>
    public ArchiveResult Read(string folder, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(folder);
        var entries = new List<(string Name, FileSystemInfo Info)>();
        foreach (var info in Walk(new DirectoryInfo(root)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entries.Count == options.MaxEntries) return new ArchiveResult.Refused(ArchiveFindings.TooManyEntries(options.MaxEntries));
            entries.Add((NameOf(root, info), info));
        }

        return Check(entries) is { } refusal ? new ArchiveResult.Refused(refusal) : Open(root, entries, cancellationToken);
    }

    private static IEnumerable<FileSystemInfo> Walk(DirectoryInfo top)
    {
        var open = new Stack<DirectoryInfo>([top]);
        while (open.TryPop(out var directory))
            foreach (var info in directory.EnumerateFileSystemInfos("*", Everything))
            {
                if (info.Name.StartsWith('.')) continue;

                yield return info;
                if (info is DirectoryInfo inner && !IsLink(inner)) open.Push(inner);
            }
    }

    private static string NameOf(string root, FileSystemInfo info)
    {
        var name = Path.GetRelativePath(root, info.FullName);
        if (Path.DirectorySeparatorChar != '/') name = name.Replace(Path.DirectorySeparatorChar, '/');
        return info is DirectoryInfo ? name + '/' : name;
    }

    private static bool IsLink(FileSystemInfo info) => info.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private Finding? Check(List<(string Name, FileSystemInfo Info)> entries)
    {
        if (NameRules.Check(entries.Select(entry => entry.Name), options) is { } badName) return badName;
        if (NameCollisions.Check(entries.Select(entry => entry.Name)) is { } collision) return collision;
        if (entries.All(entry => entry.Info is DirectoryInfo)) return ArchiveFindings.Empty();

        long total = 0;
        foreach (var (name, info) in entries)
        {
            if (IsLink(info)) return ArchiveFindings.EntryKind(name, "a symbolic link");
            if (info is not FileInfo file) continue;
            if (file.Length > options.MaxFileBytes) return ArchiveFindings.FileTooLarge(name, options.MaxFileBytes);
            total += file.Length;
        }

        return total > options.MaxTotalBytes ? ArchiveFindings.TooLarge(options.MaxTotalBytes) : null;
    }

    private static ArchiveResult.Opened Open(
        string root, List<(string Name, FileSystemInfo Info)> entries, CancellationToken cancellationToken)
    {
        var files = new List<PackageFile>();
        foreach (var (name, info) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (info is FileInfo file) files.Add(Hash(name, file));
        }

        return new ArchiveResult.Opened(new FolderTree(root, files), []);
    }

    /// <summary>Files without length are not opened: pipes and sockets look like them and would block.</summary>
    private static PackageFile Hash(string name, FileInfo file)
    {
        if (file.Length == 0) return new PackageFile(name, Convert.ToHexStringLower(SHA256.HashData([])), 0);

        using var content = file.OpenRead();
        var hash = SHA256.HashData(content);
        return new PackageFile(name, Convert.ToHexStringLower(hash), content.Position);
    }
}
