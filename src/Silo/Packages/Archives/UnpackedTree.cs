using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// An unpacked archive: the contents one behind the other in a single file without a name. So no entry can be written anywhere
/// else whatever it is called, ten thousand small files cost no more than their bytes, and a process that dies leaves nothing.
/// </summary>
internal sealed class UnpackedTree : PackageTree
{
    private readonly FileStream contents;
    private readonly string workFolder;
    private readonly Dictionary<string, long> offsets;
    private readonly Lock gate = new();
    private string? copies;

    /// <param name="contents">Holds every file from its offset on; this object closes it.</param>
    /// <param name="workFolder">For copies, should somebody need paths.</param>
    /// <param name="files">What is in it and where, in bytes.</param>
    public UnpackedTree(FileStream contents, string workFolder, IReadOnlyCollection<(PackageFile File, long Offset)> files)
        : base(files.Select(entry => entry.File))
    {
        this.contents = contents;
        this.workFolder = workFolder;
        offsets = files.ToDictionary(entry => entry.File.Path, entry => entry.Offset, StringComparer.Ordinal);
    }

    public override Stream Open(PackageFile file) => new FileRange(contents.SafeFileHandle, offsets[file.Path], file.Length);

    public override string PathOf(PackageFile file)
    {
        lock (gate)
        {
            copies ??= Directory.CreateDirectory(WorkFiles.NewPath(workFolder)).FullName;
            var path = Path.Combine(copies, offsets[file.Path].ToString() + "." + file.Sha256);
            if (File.Exists(path)) return path;

            using var content = Open(file);
            using var copy = WorkFiles.Create(path);
            content.CopyTo(copy);
            return path;
        }
    }

    public override void Dispose()
    {
        contents.Dispose();
        lock (gate)
        {
            if (copies is not null) Directory.Delete(copies, recursive: true);
            copies = null;
        }
    }
}
