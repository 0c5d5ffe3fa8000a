using System.ComponentModel;
using System.Runtime.InteropServices;
using Scheduler.Contracts.Nodes;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>
/// Small files of one attempt in its working directory, readable by the owner alone: the properties it is given, those it hands
/// on, and what its type needs besides. Written by plain system calls: a stream costs as much again as the file. Hidden, so that a job's <c>*</c> does not find them. Deleted with this object.
/// </summary>
internal sealed class JobFiles(string directory, AttemptId attempt) : IDisposable
{
    private const int CreateFlags = Flags.WriteOnly | Flags.CreateNew | Flags.CloseOnExec;
    private const uint OwnerOnly = 0b110_000_000;

    private readonly List<string> _paths = new(2);

    /// <summary>Never follows a link that somebody has put there, and replaces what a crash may have left.</summary>
    /// <param name="purpose">The end of its name.</param>
    /// <param name="content">All of it.</param>
    /// <param name="owner">Null for this process's user.</param>
    /// <returns>The absolute path.</returns>
    public string Create(string purpose, ReadOnlySpan<byte> content, SystemUser? owner = null)
    {
        var path = $"{directory}/.attempt-{attempt}.{purpose}";
        var descriptor = Libc.Create(path, CreateFlags, OwnerOnly);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errors.Exists)
        {
            File.Delete(path);
            descriptor = Libc.Create(path, CreateFlags, OwnerOnly);
        }

        if (descriptor < 0) throw Failure(path);

        _paths.Add(path);
        try
        {
            if (!Libc.TryWriteAll(descriptor, content)) throw Failure(path);
            if (owner is not null && Libc.ChangeOwner(descriptor, owner.User, owner.Group) != 0) throw Failure(path);
        }
        finally
        {
            Libc.Close(descriptor);
        }

        return path;
    }

    /// <summary>
    /// Reads a file that the job could replace with anything: links are refused, a named pipe does not block, and never more than the
    /// limit is read.
    /// </summary>
    /// <returns>Null, or why the file cannot be used.</returns>
    public static string? Read(string path, int limit, out byte[] content)
    {
        content = [];
        var descriptor = Libc.Open(path, Flags.ReadOnly | Flags.CloseOnExec | Flags.NonBlocking | Flags.NoFollow);
        if (descriptor < 0) return "it cannot be opened, or it is a link";

        try
        {
            var length = Libc.Seek(descriptor, 0, Flags.SeekEnd);
            if (length < 0) return "it is not a regular file";
            if (length > limit) return $"it is longer than {limit} bytes";
            if (length == 0) return null;

            Libc.Seek(descriptor, 0, Flags.SeekStart);
            content = new byte[length];
            return Fill(descriptor, content) ? null : "it is not a regular file, or it is being changed";
        }
        finally
        {
            Libc.Close(descriptor);
        }
    }

    /// <summary>What cannot be deleted, because the job has put something else there, goes with the execution's directory.</summary>
    public void Dispose()
    {
        foreach (var path in _paths) _ = Libc.Unlink(path);
    }

    private static IOException Failure(string path) =>
        new($"Cannot write {path}", new Win32Exception(Marshal.GetLastPInvokeError()));

    private static unsafe bool Fill(int descriptor, Span<byte> content)
    {
        while (!content.IsEmpty)
        {
            int count;
            fixed (byte* start = content) count = (int)Libc.Read(descriptor, start, content.Length);
            if (count <= 0) return false;

            content = content[count..];
        }

        return true;
    }
}
