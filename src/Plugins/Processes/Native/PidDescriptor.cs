using Microsoft.Win32.SafeHandles;

namespace Scheduler.Plugins.Processes.Native;

/// <summary>
/// Descriptors that stand for one process and never for a later one with the same number (pidfd_open(2), Linux 5.3). The system
/// calls have the same number on every processor.
/// </summary>
internal static class PidDescriptor
{
    private const nint OpenCall = 434;
    private const nint SendSignalCall = 424;

    private static readonly bool s_areWanted =
        !AppContext.TryGetSwitch("Scheduler.Processes.PidDescriptors", out var areWanted) || areWanted;

    /// <returns>Null where the kernel or a container's filter does not offer them, or the process is gone.</returns>
    public static SafeFileHandle? TryOpen(int pid)
    {
        if (!s_areWanted) return null;

        var descriptor = (int)Libc.SystemCall(OpenCall, pid, 0, 0, 0);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public static void Signal(SafeFileHandle process, int signal) =>
        Libc.SystemCall(SendSignalCall, process.DangerousGetHandle(), signal, 0, 0);
}
