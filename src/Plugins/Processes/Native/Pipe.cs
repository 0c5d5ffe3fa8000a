namespace Scheduler.Plugins.Processes.Native;

/// <summary>A new pipe that no child inherits by itself.</summary>
internal static unsafe class Pipe
{
    /// <returns>The two descriptors, or null with the error in the last error number.</returns>
    public static (int Read, int Write)? TryOpen()
    {
        var ends = stackalloc int[2];
        return Libc.Pipe(ends, Flags.CloseOnExec) < 0 ? null : (ends[0], ends[1]);
    }
}
