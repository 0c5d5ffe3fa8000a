using System.Diagnostics;

namespace Scheduler.Testing;

/// <summary>
/// A disk of a few megabytes, in memory, for the tables of a test server, that can be filled to the last byte. It is unmounted when it is disposed or when the process
/// that made it ends. Only root can mount one.
/// </summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const string KeeperScript = """
        set -e
        folder=$(mktemp -d /tmp/scheduler-disk.XXXXXX)
        mount -t tmpfs -o "size=$0,mode=0700,uid=$(id -u postgres)" tmpfs "$folder"
        trap 'umount -l "$folder"; rmdir "$folder"' EXIT
        trap '' INT TERM HUP
        echo "$folder"
        cat >/dev/null
        """;

    private readonly Process keeper;

    private SmallDisk(Process keeper, string folder) => (this.keeper, Folder) = (keeper, folder);

    /// <summary>Where it is mounted; empty, and owned by the user that runs PostgreSQL.</summary>
    public string Folder { get; }

    private string Filling => Path.Combine(Folder, "filling");

    /// <summary>Null where this process may not mount anything.</summary>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes)
    {
        if (!Environment.IsPrivilegedProcess) return null;

        var keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", KeeperScript, $"{megabytes}m"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return await keeper.StandardOutput.ReadLineAsync() is { Length: > 0 } folder ? new SmallDisk(keeper, folder) : null;
    }

    /// <summary>Leaves no room. What others free later is not taken.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // That was the last page.
        }
    }

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
