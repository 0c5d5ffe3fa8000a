using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>One started child and everything that comes of it, until nothing of it is left.</summary>
internal sealed class AttemptRun(
    ChildProcess child, PipeReader output, NodeLog log, ProcessStart start, ProcessOptions options, TimeSpan grace)
{
    private readonly OutputPump _pump = new(output, log);
    private MarkerSet? _marker;

    public async Task<ProcessEnding> UntilOverAsync(CancellationToken cancellationToken)
    {
        if (!await EndsByItselfAsync(cancellationToken))
        {
            await StopAsync();
            await _pump.FinishAsync();
            throw new OperationCanceledException(cancellationToken);
        }

        var ending = child.Reap();
        if (!await LeavesNothingAsync(cancellationToken)) await EndLeftoversAsync();
        await _pump.FinishAsync();
        return ending;
    }

    /// <returns>False when it must be stopped: on request, or because its output has nowhere to go.</returns>
    private async Task<bool> EndsByItselfAsync(CancellationToken cancellationToken)
    {
        var mustStop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), mustStop);
        _ = _pump.Completion.ContinueWith(
            static (_, state) => ((TaskCompletionSource)state!).TrySetResult(), mustStop, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        await Task.WhenAny(child.Exited, mustStop.Task);
        return child.Exited.IsCompleted || child.HasEnded();
    }

    /// <summary>
    /// Each process gets SIGTERM once, so that a handler is not interrupted by a second one. SIGKILL goes to the group as well: it
    /// takes all members at the same moment, those included that have cleared their environment.
    /// </summary>
    private async Task StopAsync()
    {
        ProcessTable.Signal(IsMarked, Signals.Terminate);
        await ProcessSweep.WaitAsync(() => child.Exited.IsCompleted && NobodyIsMarked(), grace, start.Clock);

        child.SignalGroup(Signals.Kill);
        await ProcessSweep.KillAsync(IsMarked, start.Clock);
        await child.Exited;
        child.Reap();
    }

    /// <summary>An open output or a member of the group betrays most of what can be left, at the price of a system call.</summary>
    private async Task<bool> LeavesNothingAsync(CancellationToken cancellationToken)
    {
        var began = start.Clock.GetTimestamp();
        await _pump.Completion.WaitAsync(options.LeftoverLinger, start.Clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_pump.Completion.IsCompletedSuccessfully) return false;

        var rest = options.LeftoverLinger - start.Clock.GetElapsedTime(began);
        return await ProcessSweep.WaitAsync(() => cancellationToken.IsCancellationRequested || !child.GroupRemains(), rest, start.Clock)
            && !child.GroupRemains();
    }

    private async Task EndLeftoversAsync()
    {
        var count = ProcessTable.Signal(IsMarked, Signals.Terminate);
        await ProcessSweep.WaitAsync(() => NobodyIsMarked() && !child.GroupRemains(), options.LeftoverGrace, start.Clock);

        child.SignalRemainingGroup(Signals.Kill);
        await ProcessSweep.KillAsync(IsMarked, start.Clock);
        if (count > 0 && !_pump.Completion.IsFaulted)
            await log.WriteLineAsync(LogLevel.Warn, $"Ended {count} process(es) that the job had left running in the background.");
    }

    private bool IsMarked(ReadOnlySpan<byte> environment) => (_marker ??= new([start.Marker])).Matches(environment);

    private bool NobodyIsMarked() => ProcessTable.Find(IsMarked).Count == 0;
}
