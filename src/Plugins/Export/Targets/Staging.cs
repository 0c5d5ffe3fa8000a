namespace Scheduler.Plugins.Export.Targets;

/// <summary>
/// The place beside a target where it is written until it is whole. A target is one file or one folder; either becomes visible by one
/// rename. Whenever an export ends, is cancelled or killed, the target is the old data or the new.
/// </summary>
/// <remarks>
/// A file system that cannot swap folders (some network ones) has the old folder moved aside first. A kill between the two renames
/// leaves no target, and the old data under the name <c>.name.old</c>, which the next export puts back before it starts.
/// </remarks>
internal sealed class Staging : IDisposable
{
    private readonly string _target;
    private readonly string _old;
    private readonly bool _isFolder;
    private readonly FileStream _lock;
    private readonly Func<string, string, bool> _tryExchange;

    private Staging(string target, bool isFolder, FileStream @lock, Func<string, string, bool> tryExchange)
    {
        _target = target;
        _isFolder = isFolder;
        _lock = @lock;
        _tryExchange = tryExchange;
        Path = Beside(target, "partial");
        _old = Beside(target, "old");
    }

    /// <summary>The file to create, or the empty folder to fill.</summary>
    public string Path { get; }

    /// <summary>Also removes what a killed export to the same target has left.</summary>
    /// <param name="target">Absolute, its folder exists.</param>
    /// <param name="isFolder">What the target will be.</param>
    /// <param name="tryExchange">Swaps two folders at once, or returns false when that is not possible here.</param>
    public static Staging Open(string target, bool isFolder, Func<string, string, bool> tryExchange)
    {
        var staging = new Staging(target, isFolder, Lock(target), tryExchange);
        try
        {
            staging.Clean();
            staging.CheckTarget();
            if (isFolder) ExportRoot.CreateFolder(staging.Path);
            return staging;
        }
        catch
        {
            staging._lock.Dispose();
            throw;
        }
    }

    /// <summary>Makes what was written the target. All files are on the disk already.</summary>
    public void Commit()
    {
        if (!_isFolder) File.Move(Path, _target, overwrite: true);
        else if (!Directory.Exists(_target)) Directory.Move(Path, _target);
        else if (!_tryExchange(Path, _target)) MoveAside();

        NativeFiles.SyncFolder(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Removes what is not the target; after an exchange that is the old data.</summary>
    public void Dispose()
    {
        try
        {
            Clean();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void MoveAside()
    {
        Directory.Move(_target, _old);
        Directory.Move(Path, _target);
    }

    private void Clean()
    {
        if (Directory.Exists(_old) && !Directory.Exists(_target)) Directory.Move(_old, _target);

        Delete(_old);
        Delete(Path);
    }

    /// <summary>A folder is replaced with all it holds, so it must be one that an export has made.</summary>
    private void CheckTarget()
    {
        if (_isFolder ? File.Exists(_target) : Directory.Exists(_target))
            throw new ExportException("export.other-kind", $"'{System.IO.Path.GetFileName(_target)}' exists and is not a {(_isFolder ? "folder" : "file")}.");

        if (!_isFolder || !Directory.Exists(_target)) return;
        if (new DirectoryInfo(_target).LinkTarget is not null)
            throw new ExportException("export.path", $"'{System.IO.Path.GetFileName(_target)}' is a link, which may leave the export folder.");
        if (Directory.EnumerateFileSystemEntries(_target).Any() && !File.Exists(System.IO.Path.Combine(_target, Manifest.FileName)))
            throw new ExportException("export.foreign-folder",
                $"The folder '{System.IO.Path.GetFileName(_target)}' was not made by an export and would be replaced with all it holds. Choose another path or empty it.");
    }

    private static void Delete(string path)
    {
        // A link is deleted itself, never what it leads to.
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } folder) folder.Delete(recursive: true);
        else File.Delete(path);
    }

    /// <summary>
    /// Held as long as the export runs, and let go of by the kernel when its process is killed. The file stays: a lock on a deleted
    /// one is no lock.
    /// </summary>
    private static FileStream Lock(string target)
    {
        try
        {
            return new(Beside(target, "lock"), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new ExportException("export.busy", $"Another export writes to '{System.IO.Path.GetFileName(target)}'.", e);
        }
    }

    private static string Beside(string target, string purpose) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".{System.IO.Path.GetFileName(target)}.{purpose}");
}
