namespace Scheduler.Silo.Packages.Archives;

/// <summary>Files that only the user of this process may read.</summary>
internal static class WorkFiles
{
    /// <summary>A name in the folder that nothing has yet.</summary>
    public static string NewPath(string folder) => Path.Combine(folder, $"scheduler-package-{Path.GetRandomFileName()}");

    /// <summary>A new file to write and read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>A new file whose name is gone already: it lasts as long as it is open, however the process ends.</summary>
    /// <param name="folder">Made when missing.</param>
    public static FileStream CreateNameless(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = NewPath(folder);
        var file = Create(path);
        File.Delete(path);
        return file;
    }
}
