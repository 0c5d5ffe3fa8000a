using System.Buffers;
using System.IO.Enumeration;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>Says of a process's environment whether it is meant.</summary>
/// <param name="environment">As in <see cref="EnvironmentBlock"/>; empty for processes that end, and for those that may not be read.</param>
public delegate bool EnvironmentMatch(ReadOnlySpan<byte> environment);

/// <summary>All processes of this host that this one may look at, found through <c>/proc</c>.</summary>
/// <remarks>
/// About 15 µs per process on the host. Not found: a process that has cleared its environment, and those of other users
/// unless this one is root.
/// </remarks>
public static class ProcessTable
{
    private static readonly EnumerationOptions s_lenient = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>The processes that match, without this one.</summary>
    public static IReadOnlyList<int> Find(EnvironmentMatch match)
    {
        List<int> found = [];
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        foreach (var pid in Pids())
            if (pid != Environment.ProcessId && match(ReadEnvironment(pid, ref buffer))) found.Add(pid);
        ArrayPool<byte>.Shared.Return(buffer);
        return found;
    }

    /// <summary>Sends a signal to every process that matches. It never reaches a process that has just been given an old number.</summary>
    /// <returns>How many there were.</returns>
    public static int Signal(EnvironmentMatch match, int signal)
    {
        var found = Find(match);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        foreach (var pid in found)
        {
            using var process = PidDescriptor.TryOpen(pid);
            if (!match(ReadEnvironment(pid, ref buffer))) continue;

            if (process is not null) PidDescriptor.Signal(process, signal);
            else Libc.Kill(pid, signal);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return found.Count;
    }

    private static FileSystemEnumerable<int> Pids() =>
        new("/proc", (ref entry) => int.Parse(entry.FileName), s_lenient)
        {
            ShouldIncludePredicate = (ref entry) => char.IsAsciiDigit(entry.FileName[0]),
        };

    private static ReadOnlySpan<byte> ReadEnvironment(int pid, ref byte[] buffer)
    {
        var descriptor = Libc.Open($"/proc/{pid}/environ", Flags.ReadOnly | Flags.CloseOnExec);
        if (descriptor < 0) return [];

        var length = 0;
        while (Read(descriptor, buffer.AsSpan(length)) is > 0 and var count)
        {
            length += count;
            if (length == buffer.Length) buffer = Enlarge(buffer);
        }

        Libc.Close(descriptor);
        return buffer.AsSpan(0, length);
    }

    private static unsafe int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return (int)Libc.Read(descriptor, start, buffer.Length);
    }

    private static byte[] Enlarge(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
