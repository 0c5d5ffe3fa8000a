using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Runs attempts on this silo, off the grain scheduler: claims the work, runs the plugin, tells the execution how it ended until
/// that is acknowledged. The slot is free again as soon as nothing of the attempt runs any more, unless too many ends wait already:
/// then it is held until this one is stored, so that a store that is away stops new work instead of filling the memory.
/// </summary>
internal sealed partial class NodeRunner(
    AttemptCalls calls, AttemptRunner runner, JobFence fence, SlotPool slots, IOptions<EngineOptions> options, TimeProvider clock,
    ILogger<NodeRunner> log)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    /// <summary>More than a slow store takes. A call that was passed on to a silo that had frozen gets no answer.</summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<AttemptId, RunningAttempt> running = new();
    private int waitingEnds;
    private volatile bool isLeaving;
    private volatile bool isInterrupting;

    /// <summary>Attempts that run here or whose end is not acknowledged yet.</summary>
    public int Count => running.Count;

    /// <summary>True while any attempt of the execution is here.</summary>
    public bool IsBusyWith(long executionId) => running.Keys.Any(attempt => attempt.ExecutionId == executionId);

    /// <summary>Attempts of an execution that have begun here, claimed or not, and whose end is not acknowledged yet.</summary>
    public IReadOnlyList<AttemptId> Of(long executionId) => [.. running.Keys.Where(attempt => attempt.ExecutionId == executionId)];

    /// <summary>Begins an attempt, for which the caller has taken a slot, and returns at once.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="onEnded">Called when its end is acknowledged or nobody wants it; from any thread.</param>
    /// <returns>False when it runs here already, or nothing begins here any more; the slot stays with the caller.</returns>
    public bool TryBegin(AttemptId attempt, Action onEnded)
    {
        var entry = new RunningAttempt(attempt, slots);
        if (isLeaving || !running.TryAdd(attempt, entry)) return false;

        _ = Task.Run(() => RunAsync(attempt, entry, onEnded));
        return true;
    }

    /// <summary>Asks an attempt to stop; false when it does not run here. The kill of an attempt goes on.</summary>
    public bool TryCancel(AttemptId attempt)
    {
        if (!running.TryGetValue(attempt, out var entry)) return false;

        // Cancelling runs callbacks of the plugin; they must not run inside the caller's turn.
        _ = Task.Run(entry.Stop.Order);
        return true;
    }

    /// <summary>
    /// Begins nothing any more, and lets what runs go on for a while. What has not ended by then is stopped and given back, so that it is
    /// run again. Completes when all of it is acknowledged.
    /// </summary>
    public async Task LeaveAsync(TimeSpan grace)
    {
        isLeaving = true;
        var open = running.Values.ToList();
        var over = Task.WhenAll(open.Select(entry => entry.Over.Task));
        await ((Task)over.WaitAsync(grace, clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        isInterrupting = true;
        foreach (var entry in open) _ = Task.Run(entry.Stop.Leave);
        await over;
    }

    private async Task RunAsync(AttemptId attempt, RunningAttempt entry, Action onEnded)
    {
        try
        {
            var result = await ClaimAndRunAsync(attempt, entry);
            if (result is null) return;

            BeginWaiting(entry);
            await ReportAsync(attempt, result);
        }
        catch (Exception exception)
        {
            LogGivenUp(exception, attempt);
        }
        finally
        {
            if (entry.IsWaiting) Interlocked.Decrement(ref waitingEnds);
            entry.FreeSlot();
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
        result is AttemptResult.Succeeded or AttemptResult.Waiting ? result : new AttemptResult.Interrupted("The silo that ran it is being stopped");

    private async Task<AttemptResult?> ClaimAndRunAsync(AttemptId attempt, RunningAttempt entry)
    {
        var work = await RepeatAsync(() => calls.ClaimAsync(attempt), attempt);
        if (work is null) return null;

        var stop = work.IsKill ? entry.Stop.Leaving : entry.Stop.Token;
        var hasBegun = false;
        var result = await fence.RunAsync(
            (gate, token) =>
            {
                hasBegun = true;
                return runner.RunAsync(attempt, work, gate, () => BeginWaiting(entry), entry.Stop, token);
            },
            stop);
        if (!hasBegun) result = AttemptRunner.Stopped(work);
        return work.IsKill ? AfterKill(result) : isInterrupting ? GivenBack(result) : result;
    }

    /// <summary>One that was given up says so; one that was not done for another reason is done elsewhere.</summary>
    private static AttemptResult AfterKill(AttemptResult result) => result is AttemptResult.Failed(_, var message, _)
        ? new AttemptResult.Failed(
            ExecutionMachine.KillFailedCode, $"Its work elsewhere could not be ended and may go on: {message}", CanRetry: false)
        : result;

    /// <summary>Nothing of the attempt runs any more; its log and its end are still to be stored.</summary>
    private void BeginWaiting(RunningAttempt entry)
    {
        if (entry.TryBeginWaiting() && Interlocked.Increment(ref waitingEnds) <= options.Value.MaxWaitingEnds) entry.FreeSlot();
    }

    private Task<bool> ReportAsync(AttemptId attempt, AttemptResult result) => RepeatAsync(
        async () =>
        {
            await calls.EndedAsync(attempt, result);
            return true;
        }, attempt);

    /// <summary>
    /// The execution may be moving or the database away. Until it is told otherwise its next activation counts on what has begun here, so
    /// neither a claim nor an end is given up.
    /// </summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> call, AttemptId attempt)
    {
        for (var delay = FirstDelay; ; delay = delay < MaxDelay ? delay * 2 : MaxDelay)
        {
            try
            {
                return await call().WaitAsync(CallPatience, clock);
            }
            catch (Exception exception)
            {
                LogDelayed(exception, attempt);
            }

            await Task.Delay(delay, clock);
        }
    }

    private sealed class RunningAttempt(AttemptId attempt, SlotPool slots)
    {
        private int hasFreedSlot;
        private int isWaiting;

        public AttemptStop Stop { get; } = new();
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsWaiting => isWaiting == 1;

        /// <summary>True for the first call.</summary>
        public bool TryBeginWaiting() => Interlocked.Exchange(ref isWaiting, 1) == 0;

        /// <summary>Of all calls the first counts.</summary>
        public void FreeSlot()
        {
            if (Interlocked.Exchange(ref hasFreedSlot, 1) == 0) slots.Release(attempt);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The execution of attempt {Attempt} does not answer; calling it again")]
    private partial void LogDelayed(Exception exception, AttemptId attempt);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} was given up")]
    private partial void LogGivenUp(Exception exception, AttemptId attempt);
}
