using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Asks the dispatch queue of each worker group this silo offers for work whenever it has free slots for it, and only then: no silo
/// piles up what another could run.
/// </summary>
internal sealed partial class SlotPuller(
    IGrainFactory grains, NodeGrains nodes, SlotPool slots, SiloIdentity silo, TimeProvider clock, ILogger<SlotPuller> log) : BackgroundService
{
    /// <summary>
    /// An idle question ends with an empty answer and is asked again: of a queue that has moved meanwhile, and not of one that was left
    /// behind.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>By then the queue has given up its answer, so none is lost. A call that was passed on to a silo that had frozen gets none.</summary>
    private static readonly TimeSpan CallPatience = Patience + TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromMilliseconds(200);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(slots.Groups.Select(group => PullAsync(group, stoppingToken)));

    private async Task PullAsync(string group, CancellationToken stoppingToken)
    {
        var queue = grains.GetGrain<IDispatchQueueGrain>(group);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var free = await slots.WaitForFreeAsync(group, stoppingToken);
                await StartAsync(group, queue, await queue.TakeAsync(silo.Owner, free, Patience).WaitAsync(CallPatience, clock, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogTakeFailed(exception);
                await Task.Delay(DelayAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Gives back what finds no slot: this silo is closing, or another group has taken the last ones meanwhile.</summary>
    private async Task StartAsync(string group, IDispatchQueueGrain queue, IReadOnlyList<DispatchItem> items)
    {
        List<DispatchItem>? excess = null;
        foreach (var item in items)
            switch (slots.Take(group, item.Attempt))
            {
                case SlotAnswer.Taken:
                    _ = StartAsync(item.Attempt);
                    break;
                case SlotAnswer.NoneFree:
                    (excess ??= []).Add(item);
                    break;
            }

        if (excess is not null) await queue.OfferAsync(excess);
    }

    /// <summary>An attempt that cannot be started is left alone: its execution offers it again.</summary>
    private async Task StartAsync(AttemptId attempt)
    {
        var node = nodes.Take();
        try
        {
            if (await node.RunAsync(attempt)) return;
        }
        catch (Exception exception)
        {
            LogStartFailed(exception, attempt);
        }

        nodes.GiveBack(node);
        slots.Release(attempt);
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "The dispatch queue could not be asked for work; asking again")]
    private partial void LogTakeFailed(Exception exception);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Attempt {Attempt} could not be started here; its execution will offer it again")]
    private partial void LogStartFailed(Exception exception, AttemptId attempt);
}
