using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// The clock of <c>/proc/uptime</c>, in hundredths of a second: no one can set it, it goes on while the machine sleeps, and a shell can
/// read it.
/// </summary>
internal static class Uptime
{
    public const int PerSecond = 100;

    private const int BootTime = 7;
    private const int NanosecondsPerTick = 1_000_000_000 / PerSecond;

    public static long Read()
    {
        if (GetTime(BootTime, out var time) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return (time.Seconds * PerSecond) + (time.Nanoseconds / NanosecondsPerTick);
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
