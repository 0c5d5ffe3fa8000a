using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// A small file in memory between a silo, its reaper and its jobs. The silo writes how long it may be trusted; the reaper writes behind it
/// and takes its name away before it kills the silo's jobs. No job starts that does not find it under its name.
/// </summary>
/// <remarks>
/// A sign that has lapsed is never renewed. So a pause that is longer than the limit has the same end whoever wakes first, silo or
/// reaper. Not thread-safe.
/// </remarks>
internal sealed class LifeSign : IDisposable
{
    private const int LineLength = 24;

    /// <summary>Never on a disk, where a write can hang for seconds.</summary>
    private const string MemoryFolder = "/dev/shm";

    private readonly long limit;
    private readonly SafeFileHandle file;
    private long trustedUntil;

    /// <param name="limit">How long the silo may be silent.</param>
    public LifeSign(TimeSpan limit)
    {
        this.limit = (long)(limit.TotalSeconds * Uptime.PerSecond);
        var folder = Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath();
        FilePath = Path.Combine(folder, $"scheduler-{Environment.ProcessId}-{Guid.NewGuid():N}");
        file = File.OpenHandle(FilePath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        trustedUntil = long.MaxValue;
        TryRenew();
    }

    /// <summary>Where the reaper and the jobs find it.</summary>
    public string FilePath { get; }

    /// <summary>True from before the reaper's first kill on, except where the silo has ended.</summary>
    public bool IsStruck => RandomAccess.GetLength(file) > LineLength;

    /// <summary>True when its reaper may have struck, or may be about to.</summary>
    public bool HasLapsed => Uptime.Read() >= trustedUntil;

    /// <summary>False when it has lapsed.</summary>
    public bool TryRenew()
    {
        var now = Uptime.Read();
        if (now >= trustedUntil) return false;

        trustedUntil = now + limit;
        RandomAccess.Write(file, Encoding.ASCII.GetBytes($"{trustedUntil}".PadRight(LineLength - 1) + '\n'), 0);
        return true;
    }

    public void Dispose()
    {
        file.Dispose();
        File.Delete(FilePath);
    }
}
