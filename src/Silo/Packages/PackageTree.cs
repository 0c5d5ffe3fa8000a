using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>
/// The files of a package, on disk under one root: an unpacked archive, which is removed with this object, or a folder read in
/// place, which is left alone.
/// </summary>
internal sealed class PackageTree : IDisposable
{
    private readonly bool isTemporary;

    public PackageTree(string root, IEnumerable<PackageFile> files, bool isTemporary)
    {
        Root = root;
        this.isTemporary = isTemporary;
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        Top = PackageDirectory.Build(Files);
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>Ordered by path, ordinally.</summary>
    public IReadOnlyList<PackageFile> Files { get; }

    /// <summary>The same files by directory.</summary>
    public PackageDirectory Top { get; }

    /// <summary>Where a file lies on this machine.</summary>
    public string PathOf(PackageFile file) => Path.Combine(Root, file.Path);

    /// <summary>All bytes of a file. A file without length is never opened: in a folder it may be a pipe.</summary>
    public byte[] ReadAllBytes(PackageFile file) => file.Length == 0 ? [] : File.ReadAllBytes(PathOf(file));

    /// <summary>The first bytes of a file, at most <paramref name="length"/>.</summary>
    public byte[] ReadHead(PackageFile file, int length)
    {
        if (file.Length == 0) return [];

        using var handle = File.OpenHandle(PathOf(file));
        var head = new byte[(int)Math.Min(length, file.Length)];
        return head[..RandomAccess.Read(handle, head, 0)];
    }

    public void Dispose()
    {
        if (isTemporary && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
