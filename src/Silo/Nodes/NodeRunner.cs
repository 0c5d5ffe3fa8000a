using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Runs attempts on this silo, off the grain scheduler: claims the work, runs the plugin, tells the execution how it ended until
/// that is acknowledged. The slot is free again as soon as nothing of the attempt runs any more.
/// </summary>
internal sealed partial class NodeRunner(
    AttemptCalls calls, AttemptRunner runner, SlotPool slots, TimeProvider clock, ILogger<NodeRunner> log)
{
    private static readonly TimeSpan FirstReportDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxReportDelay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<AttemptId, RunningAttempt> running = new();
    private volatile bool isLeaving;

    /// <summary>Attempts that run here or whose end is not acknowledged yet.</summary>
    public int Count => running.Count;

    /// <summary>True while any attempt of the execution is here.</summary>
    public bool IsBusyWith(long executionId) => running.Keys.Any(attempt => attempt.ExecutionId == executionId);

    public bool IsRunning(AttemptId attempt) => running.ContainsKey(attempt);

    /// <summary>Begins an attempt, for which the caller has taken a slot, and returns at once.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="onEnded">Called when its end is acknowledged or nobody wants it; from any thread.</param>
    /// <returns>False when it runs here already, or nothing begins here any more; the slot stays with the caller.</returns>
    public bool TryBegin(AttemptId attempt, Action onEnded)
    {
        var entry = new RunningAttempt();
        if (isLeaving || !running.TryAdd(attempt, entry)) return false;

        _ = Task.Run(() => RunAsync(attempt, entry, onEnded));
        return true;
    }

    /// <summary>Asks an attempt to stop; false when it does not run here.</summary>
    public bool TryCancel(AttemptId attempt)
    {
        if (!running.TryGetValue(attempt, out var entry)) return false;

        // Cancelling runs callbacks of the plugin; they must not run inside the caller's turn.
        _ = Task.Run(entry.Stop.Cancel);
        return true;
    }

    /// <summary>
    /// Begins nothing any more, stops what runs and gives it back as lost, so that it is run again. Completes when all of it is
    /// acknowledged.
    /// </summary>
    public Task LeaveAsync()
    {
        isLeaving = true;
        return Task.WhenAll(running.Values.ToList().Select(entry =>
        {
            _ = Task.Run(entry.Stop.Cancel);
            return entry.Over.Task;
        }));
    }

    private async Task RunAsync(AttemptId attempt, RunningAttempt entry, Action onEnded)
    {
        try
        {
            var result = await ClaimAndRunAsync(attempt, entry.Stop.Token);
            if (result is not null) await ReportAsync(attempt, isLeaving ? GivenBack(result) : result);
        }
        catch (Exception exception)
        {
            LogNotReported(exception, attempt);
        }
        finally
        {
            running.TryRemove(attempt, out _);
            onEnded();
            entry.Over.TrySetResult();
        }
    }

    /// <summary>
    /// Work that ends badly while its silo leaves was most likely ended by that. Where a person has cancelled it, its execution
    /// knows, and does not run it again.
    /// </summary>
    private static AttemptResult GivenBack(AttemptResult result) =>
        result is AttemptResult.Succeeded ? result : new AttemptResult.Lost("The silo that ran it was stopped");

    private async Task<AttemptResult?> ClaimAndRunAsync(AttemptId attempt, CancellationToken stop)
    {
        try
        {
            return await calls.ClaimAsync(attempt) is { } work ? await runner.RunAsync(attempt, work, stop) : null;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>The execution may be moving or the database away: the result waits here.</summary>
    private async Task ReportAsync(AttemptId attempt, AttemptResult result)
    {
        for (var delay = FirstReportDelay; ; delay = delay < MaxReportDelay ? delay * 2 : MaxReportDelay)
        {
            try
            {
                await calls.EndedAsync(attempt, result);
                return;
            }
            catch (Exception exception)
            {
                LogReportDelayed(exception, attempt);
            }

            await Task.Delay(delay, clock);
        }
    }

    private sealed class RunningAttempt
    {
        public CancellationTokenSource Stop { get; } = new();
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(LogLevel.Warning, "The end of attempt {Attempt} is not acknowledged yet; telling its execution again")]
    private partial void LogReportDelayed(Exception exception, AttemptId attempt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} could not be claimed; its execution will offer it again")]
    private partial void LogNotReported(Exception exception, AttemptId attempt);
}
