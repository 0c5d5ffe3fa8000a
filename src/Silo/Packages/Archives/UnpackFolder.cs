namespace Scheduler.Silo.Packages.Archives;

/// <summary>A fresh folder only this process's user may enter; removed on disposal unless somebody keeps it.</summary>
internal sealed class UnpackFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string root;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private bool isKept;

    /// <param name="parent">Made when missing; null takes the system's folder for temporary files.</param>
    public UnpackFolder(string? parent)
    {
        root = Path.GetFullPath(Path.Combine(parent ?? Path.GetTempPath(), $"scheduler-package-{Path.GetRandomFileName()}"));
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, OwnerOnly);
    }

    /// <summary>Where an entry goes; its directory exists afterwards.</summary>
    /// <exception cref="InvalidOperationException">The name was not checked and leaves the folder.</exception>
    public string PathFor(string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidOperationException("An entry name left the folder it is unpacked into.");

        var directory = Path.GetDirectoryName(path)!;
        if (made.Add(directory)) Directory.CreateDirectory(directory);
        return path;
    }

    /// <summary>Hands the folder over; the caller removes it from now on.</summary>
    public string Keep()
    {
        isKept = true;
        return root;
    }

    public void Dispose()
    {
        if (!isKept) Directory.Delete(root, recursive: true);
    }
}
