using System.ComponentModel;
using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>The reading end of a pipe, waiting without a thread.</summary>
internal sealed unsafe class PipeReader : IDisposable
{
    private readonly int _descriptor;
    private readonly Readiness.Watch _watch;

    /// <param name="descriptor">Closed with this object.</param>
    public PipeReader(int descriptor)
    {
        Libc.Control(descriptor, Flags.SetStatusFlags, Flags.NonBlocking);
        _descriptor = descriptor;
        _watch = Readiness.Shared.Add(descriptor);
    }

    /// <summary>What <see cref="TryRead"/> says when the pipe is empty and somebody may still write.</summary>
    public const int Nothing = -1;

    /// <summary>Completes when there is something to read, or nobody is left to write.</summary>
    public Task WaitAsync() => _watch.WaitAsync();

    /// <returns>The number of bytes; 0 at the end; <see cref="Nothing"/>.</returns>
    public int TryRead(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = (int)Libc.Read(_descriptor, start, buffer.Length);
                if (count >= 0) return count;

                var error = Marshal.GetLastPInvokeError();
                if (error == Errors.Again) return Nothing;
                if (error != Errors.Interrupted) throw new Win32Exception(error);
            }
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        Libc.Close(_descriptor);
    }
}
