using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>
/// Files that are lent to one attempt after the other, readable by the owner alone. A file that is made and deleted for each
/// attempt costs as much as starting its process: a file system that keeps a journal is slow at finding a place for a new one.
/// </summary>
/// <param name="folder">Belongs to this object alone; what an earlier process has left in it is deleted.</param>
public sealed class ScratchFiles(string folder)
{
    private const int OpenFlags = Flags.WriteOnly | Flags.Truncate | Flags.CloseOnExec | Flags.NonBlocking;
    private const uint OwnerOnly = 0b110_000_000;

    private readonly ConcurrentBag<string> _free = [];
    private readonly Lazy<string> _folder = new(() => MakeEmpty(folder));
    private int _made;

    /// <summary>A file that holds this and nothing else.</summary>
    internal ScratchFile Lend(ReadOnlySpan<byte> content)
    {
        while (_free.TryTake(out var path))
            if (TryWrite(path, content, Libc.Open(path, OpenFlags | Flags.NoFollow)))
                return new ScratchFile(path, this);

        var made = Path.Combine(_folder.Value, Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture));
        return TryWrite(made, content, Libc.Create(made, OpenFlags | Flags.CreateNew, OwnerOnly))
            ? new ScratchFile(made, this)
            : throw new IOException($"Cannot write {made}", new Win32Exception(Marshal.GetLastPInvokeError()));
    }

    /// <summary>What it holds may be a secret and goes at once. A job that has put something else in its place keeps it.</summary>
    internal void TakeBack(string path)
    {
        if (TryWrite(path, [], Libc.Open(path, OpenFlags | Flags.NoFollow))) _free.Add(path);
    }

    /// <summary>False also for anything that is not a regular file, such as a pipe that a job has put there.</summary>
    private static bool TryWrite(string path, ReadOnlySpan<byte> content, int descriptor)
    {
        if (descriptor < 0) return false;

        try
        {
            return Libc.Seek(descriptor, 0, Flags.SeekEnd) == 0 && Libc.TryWriteAll(descriptor, content);
        }
        finally
        {
            Libc.Close(descriptor);
        }
    }

    private static string MakeEmpty(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }
}

/// <summary>A file on loan; given back when it is disposed.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Owner">Takes it back.</param>
internal readonly record struct ScratchFile(string Path, ScratchFiles Owner) : IDisposable
{
    public void Dispose() => Owner.TakeBack(Path);
}
