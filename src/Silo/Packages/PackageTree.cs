using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>The files of a package, readable until disposal, wherever their bytes lie. Thread-safe but for disposal.</summary>
internal abstract class PackageTree : IDisposable
{
    protected PackageTree(IEnumerable<PackageFile> files)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        Top = PackageDirectory.Build(Files);
    }

    /// <summary>Ordered by path, ordinally.</summary>
    public IReadOnlyList<PackageFile> Files { get; }

    /// <summary>The same files by directory.</summary>
    public PackageDirectory Top { get; }

    /// <summary>All bytes of a file.</summary>
    public byte[] ReadAllBytes(PackageFile file) => ReadHead(file, (int)Math.Min(file.Length, Array.MaxLength));

    /// <summary>The first bytes of a file, at most <paramref name="length"/>.</summary>
    public byte[] ReadHead(PackageFile file, int length)
    {
        using var content = Open(file);
        var head = new byte[Math.Min(length, file.Length)];
        return head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The content from its beginning, to read forwards; it must not be used after the tree is disposed.</summary>
    public abstract Stream Open(PackageFile file);

    /// <summary>
    /// A file on this machine with that content, for those who need a path. Its name says nothing; it must not be changed, and may be
    /// gone once the tree is disposed.
    /// </summary>
    public abstract string PathOf(PackageFile file);

    public abstract void Dispose();
}
