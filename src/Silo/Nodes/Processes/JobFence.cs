using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// Lets attempts run only while a reaper watches over them, and tells those whose processes the reaper has killed from those that
/// failed by themselves. Safe for any number of threads.
/// </summary>
internal sealed class JobFence : IDisposable
{
    private readonly Lock gate = new();

    /// <summary>From one strike to the next; reapers that end without one follow each other within it.</summary>
    private CancellationTokenSource era = new();

    private LifeSign? sign;
    private TaskCompletionSource standing = NewGate();

    /// <summary>A reaper watches from here on.</summary>
    /// <param name="shown">What it watches; null when only the end of this process counts. Belongs to the fence now.</param>
    public void Stand(LifeSign? shown)
    {
        lock (gate)
        {
            sign = shown;
            standing.TrySetResult();
        }
    }

    /// <summary>Says that this process lives. After a silence that was too long, nothing begins until the next reaper watches.</summary>
    public void Beat()
    {
        lock (gate)
            if (sign?.TryRenew() == false && standing.Task.IsCompleted)
                standing = NewGate();
    }

    /// <summary>The reaper has ended: nothing begins until the next one watches.</summary>
    /// <returns>True when it has killed the jobs; what runs under it is told to stop.</returns>
    public bool Fall()
    {
        CancellationTokenSource? over = null;
        lock (gate)
        {
            if (standing.Task.IsCompleted) standing = NewGate();
            if (sign?.IsStruck == true) (over, era) = (era, new CancellationTokenSource());
            sign?.Dispose();
            sign = null;
        }

        over?.Cancel();
        return over is not null;
    }

    /// <summary>Runs an attempt behind the fence. Whatever it says, it is lost when the reaper has struck meanwhile.</summary>
    /// <param name="run">
    /// The attempt. It gets the file without which none of its processes may start, null when there is no such file, and a token that is
    /// cancelled when it must stop for either reason.
    /// </param>
    /// <param name="stop">Ends it.</param>
    public async Task<AttemptResult> RunAsync(Func<string?, CancellationToken, Task<AttemptResult>> run, CancellationToken stop)
    {
        if (await EnterAsync(stop) is not var (mine, gateFile)) return new AttemptResult.Cancelled();

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, mine.Token);
        var result = await run(gateFile, over.Token);
        return IsOver(mine) ? new AttemptResult.Lost("Its silo gave no sign of life for too long, so its processes were killed") : result;
    }

    public void Dispose()
    {
        era.Dispose();
        sign?.Dispose();
    }

    /// <summary>Null when it is to stop before it may begin.</summary>
    private async Task<(CancellationTokenSource Era, string? GateFile)?> EnterAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Task open;
            lock (gate)
            {
                if (standing.Task.IsCompleted && sign?.HasLapsed == true) standing = NewGate();
                if (standing.Task.IsCompleted) return (era, sign?.FilePath);
                open = standing.Task;
            }

            await open.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private bool IsOver(CancellationTokenSource one)
    {
        lock (gate) return one != era || sign?.IsStruck == true;
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
