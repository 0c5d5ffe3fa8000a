using System.Buffers;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// Carries the output of a process to the log, one buffer at a time: while the log waits, the pipe fills and the process with it,
/// so memory stays flat. A buffer is held only while there is something to carry.
/// </summary>
internal sealed class OutputPump
{
    private const int BufferSize = 64 * 1024;

    private static readonly byte[] s_lineFeed = "\n"u8.ToArray();

    private readonly PipeReader _pipe;
    private readonly NodeLog _log;
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>More than a full pipe, so that a stranger who floods it cannot keep the attempt open.</summary>
    private int _readsInHurry = 16;
    private bool _lineIsOpen;

    public OutputPump(PipeReader pipe, NodeLog log)
    {
        (_pipe, _log) = (pipe, log);
        Completion = RunAsync();
    }

    /// <summary>Completes at the end of the output, and fails when the log does.</summary>
    public Task Completion { get; }

    /// <summary>
    /// Carries what is in the pipe now and then ends, although somebody holds the pipe who is not of the attempt any more.
    /// </summary>
    public Task FinishAsync()
    {
        _hurry.TrySetResult();
        return Completion;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var isLast = _hurry.Task.IsCompleted;
            if (await CarryAsync() || isLast) break;

            await Task.WhenAny(_pipe.WaitAsync(), _hurry.Task);
        }

        if (_lineIsOpen) await _log.WriteOutputAsync(s_lineFeed);
    }

    /// <returns>True at the end of the output, false when the pipe is empty for now.</returns>
    private async ValueTask<bool> CarryAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int count;
            while ((count = _pipe.TryRead(buffer)) > 0)
            {
                _lineIsOpen = buffer[count - 1] != (byte)'\n';
                await _log.WriteOutputAsync(buffer.AsMemory(0, count));
                if (_hurry.Task.IsCompleted && --_readsInHurry == 0) return true;
            }

            return count == 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
