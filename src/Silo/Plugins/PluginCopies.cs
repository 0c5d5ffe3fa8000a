namespace Scheduler.Silo.Plugins;

/// <summary>
/// Copies of plugins that this process has loaded. The originals may be replaced at any moment; whoever overwrites a library that is
/// mapped into a process ends that process.
/// </summary>
/// <param name="root">Several processes may share it; each holds a lock on what is its own.</param>
internal sealed class PluginCopies(string root) : IDisposable
{
    private const string LockName = "lock";

    private readonly Lock gate = new();
    private FileStream? mine;
    private int count;

    /// <returns>The folder of the copy.</returns>
    public string Add(PluginFiles files, string name)
    {
        var target = Path.Combine(Own(), $"{Interlocked.Increment(ref count)}-{name}");
        files.CopyTo(Directory.CreateDirectory(target).FullName);
        return target;
    }

    /// <summary>Nothing runs from it any more.</summary>
    public static void Remove(string copy) => Directory.Delete(copy, recursive: true);

    public void Dispose()
    {
        if (mine is null) return;

        Directory.Delete(Path.GetDirectoryName(mine.Name)!, recursive: true);
        mine.Dispose();
    }

    private string Own()
    {
        lock (gate)
        {
            if (mine is null)
            {
                Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                foreach (var other in Directory.EnumerateDirectories(root)) RemoveIfLeft(other);
                mine = TryLock(Directory.CreateDirectory(Path.Combine(root, Guid.NewGuid().ToString("N"))).FullName)!;
            }

            return Path.GetDirectoryName(mine.Name)!;
        }
    }

    /// <summary>A process that was killed has left its copies behind; its lock went with it.</summary>
    private static void RemoveIfLeft(string folder)
    {
        using var taken = TryLock(folder);
        if (taken is not null) Directory.Delete(folder, recursive: true);
    }

    private static FileStream? TryLock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
