using System.ComponentModel;
using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>The reading end of a pipe, waiting without a thread.</summary>
internal sealed unsafe class PipeReader(int descriptor) : IDisposable
{
    private readonly Readiness.Watch _watch = Readiness.Shared.Add(descriptor);

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
                var count = (int)Libc.Read(descriptor, start, buffer.Length);
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
        Libc.Close(descriptor);
    }
}
