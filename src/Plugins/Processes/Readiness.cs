using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// One thread that waits for all children of this process: for output to read and for ends (epoll(7)). The streams of
/// <see cref="System.Diagnostics.Process"/> block a pool thread each instead, so a hundred idle jobs would starve the silo.
/// </summary>
internal sealed unsafe class Readiness
{
    private const int EventsPerWait = 64;

    /// <summary>The kernel packs the structure on x86-64 only.</summary>
    private static readonly int s_dataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int s_eventSize = s_dataOffset + sizeof(ulong);

    private readonly ConcurrentDictionary<long, Watch> _watches = new();
    private readonly int _poll;
    private long _lastKey;

    private Readiness()
    {
        _poll = Libc.CreatePoll(Flags.CloseOnExec);
        if (_poll < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        new Thread(Deliver) { IsBackground = true, Name = "Child processes" }.Start();
    }

    public static Readiness Shared { get; } = new();

    /// <summary>Starts to watch a descriptor, which must stay open until the watch is disposed.</summary>
    public Watch Add(int descriptor) => new(this, descriptor, Interlocked.Increment(ref _lastKey));

    private void Arm(Watch watch, int operation)
    {
        var watched = stackalloc byte[s_eventSize];
        Unsafe.WriteUnaligned(watched, Flags.PollReadable | Flags.PollOneShot);
        Unsafe.WriteUnaligned(watched + s_dataOffset, watch.Key);
        if (Libc.ControlPoll(_poll, operation, watch.Descriptor, watched) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private void Deliver()
    {
        var events = stackalloc byte[EventsPerWait * s_eventSize];
        while (true)
        {
            var count = Libc.WaitPoll(_poll, events, EventsPerWait, timeout: -1);
            for (var i = 0; i < count; i++)
            {
                var key = Unsafe.ReadUnaligned<long>(events + i * s_eventSize + s_dataOffset);
                if (_watches.TryGetValue(key, out var watch)) watch.Complete();
            }
        }
    }

    /// <summary>One watched descriptor. One wait at a time.</summary>
    internal sealed class Watch : IDisposable
    {
        private readonly Readiness _owner;
        private TaskCompletionSource? _waiter;
        private bool _known;

        public Watch(Readiness owner, int descriptor, long key)
        {
            (_owner, Descriptor, Key) = (owner, descriptor, key);
            _owner._watches[key] = this;
        }

        public int Descriptor { get; }

        public long Key { get; }

        /// <summary>Completes when there is something to read, or the other side has gone; at once when that is so already.</summary>
        public Task WaitAsync()
        {
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _waiter, waiter);
            _owner.Arm(this, _known ? Flags.PollModify : Flags.PollAdd);
            _known = true;
            return waiter.Task;
        }

        /// <summary>Ends a wait that will have no answer any more. Closing the descriptor removes it from the kernel's list.</summary>
        public void Dispose()
        {
            _owner._watches.TryRemove(Key, out _);
            _waiter?.TrySetCanceled();
        }

        internal void Complete() => Volatile.Read(ref _waiter)?.TrySetResult();
    }
}
