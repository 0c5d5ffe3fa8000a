using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// A child in a session of its own. Until <see cref="Reap"/> its number cannot be given to another process, so signals to it and
/// to its process group reach nobody else.
/// </summary>
/// <remarks>
/// The SIGCHLD handler of .NET looks at exited children without taking their status and leaves those alone that
/// <see cref="System.Diagnostics.Process"/> did not start, so both ways of starting live side by side.
/// </remarks>
internal sealed unsafe partial class ChildProcess : IDisposable
{
    /// <summary>Orphans become children of the first process of a container, and it must reap them.</summary>
    private const int FirstProcess = 1;

    private readonly SafeFileHandle? _descriptor;
    private readonly Readiness.Watch? _watch;
    private bool _reaped;

    private ChildProcess(int pid)
    {
        Pid = pid;
        _descriptor = PidDescriptor.TryOpen(pid);
        _watch = _descriptor is null ? null : Readiness.Shared.Add((int)_descriptor.DangerousGetHandle());
        Exited = _watch?.WaitAsync() ?? WaitOnThread(pid);
    }

    /// <summary>Also the number of its session and of its process group.</summary>
    public int Pid { get; }

    /// <summary>Completes when the process has ended; it is not reaped by that.</summary>
    public Task Exited { get; }

    /// <summary>To every process of its group that is still there.</summary>
    public void SignalGroup(int signal)
    {
        if (!_reaped) Libc.Kill(-Pid, signal);
    }

    /// <summary>The same as <see cref="Exited"/>, asked of the kernel at this moment.</summary>
    public bool HasEnded()
    {
        var information = stackalloc int[32];   // stays zero while there is nothing to tell
        new Span<int>(information, 32).Clear();
        var result = Libc.WaitId(
            Flags.WaitForPid, Pid, information, Flags.WaitExited | Flags.WaitLeaveWaitable | Flags.WaitNoHang);
        return result == 0 && information[0] != 0;
    }

    /// <summary>Takes the exit status; only after <see cref="Exited"/>.</summary>
    public ProcessEnding.Exited Reap()
    {
        var status = 0;
        int result;
        do result = Libc.WaitPid(Pid, &status, 0);
        while (result < 0 && Marshal.GetLastPInvokeError() == Errors.Interrupted);
        _reaped = true;
        return result == Pid
            ? ProcessEnding.Exited.FromStatus(status)
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The exit status of process {Pid} has been taken by somebody else");
    }

    /// <summary>Whether somebody of its group is left after it was reaped.</summary>
    /// <remarks>
    /// The number of a group that has members is not given out again; a new owner of the number would be alive under it.
    /// </remarks>
    public bool GroupRemains()
    {
        if (Libc.Kill(-Pid, Signals.Probe) != 0 || Directory.Exists($"/proc/{Pid}")) return false;
        if (Environment.ProcessId != FirstProcess) return true;

        var status = 0;
        while (Libc.WaitPid(-Pid, &status, Flags.WaitNoHang) > 0) { }
        return Libc.Kill(-Pid, Signals.Probe) == 0;
    }

    /// <summary>To the group of a reaped leader.</summary>
    public void SignalRemainingGroup(int signal)
    {
        if (_reaped && GroupRemains()) Libc.Kill(-Pid, signal);
    }

    /// <summary>Kills and reaps what an exception has left running.</summary>
    public void Dispose()
    {
        if (!_reaped)
        {
            SignalGroup(Signals.Kill);
            Reap();
        }

        _watch?.Dispose();
        _descriptor?.Dispose();
    }

    /// <summary>For kernels without process descriptors.</summary>
    private static Task WaitOnThread(int pid) => Task.Factory.StartNew(
        () =>
        {
            var information = stackalloc byte[128];
            while (Libc.WaitId(Flags.WaitForPid, pid, information, Flags.WaitExited | Flags.WaitLeaveWaitable) < 0
                && Marshal.GetLastPInvokeError() == Errors.Interrupted) { }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
