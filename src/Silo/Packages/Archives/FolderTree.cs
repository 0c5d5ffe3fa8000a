using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>A folder read in place. Disposal leaves it alone.</summary>
/// <param name="root">Absolute.</param>
/// <param name="files">What it held when it was listed.</param>
internal sealed class FolderTree(string root, IEnumerable<PackageFile> files) : PackageTree(files)
{
    /// <summary>A file without length is never opened: it may be a pipe, which would block.</summary>
    public override Stream Open(PackageFile file) => file.Length == 0 ? Stream.Null : File.OpenRead(PathOf(file));

    public override string PathOf(PackageFile file) => Path.Combine(root, file.Path);

    public override void Dispose() { }
}
