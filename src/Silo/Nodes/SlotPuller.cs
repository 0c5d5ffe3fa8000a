using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Asks the dispatch queue for work whenever this silo has free slots, and only then: no silo piles up what another could run.
/// </summary>
internal sealed partial class SlotPuller(
    IGrainFactory grains, GrainAddresses addresses, SlotPool slots, SiloIdentity silo, TimeProvider clock, ILogger<SlotPuller> log) : BackgroundService
{
    /// <summary>Below Orleans' response timeout, so that an idle question ends with an empty answer and not with an error.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = grains.GetGrain<IDispatchQueueGrain>(IDispatchQueueGrain.DefaultGroup);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var free = await slots.WaitForFreeAsync(stoppingToken);
                var items = await queue.TakeAsync(silo.Owner, free, Patience).WaitAsync(stoppingToken);
                if (slots.IsClosed)
                {
                    await queue.OfferAsync(items);
                    continue;
                }

                slots.Take(items.Count);
                foreach (var item in items)
                    _ = StartAsync(item.Attempt);
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

    /// <summary>An attempt that cannot be started is left alone: its execution offers it again.</summary>
    private async Task StartAsync(AttemptId attempt)
    {
        try
        {
            if (await addresses.NodeOf(attempt).StartAsync(silo.Owner)) return;
        }
        catch (Exception exception)
        {
            LogStartFailed(exception, attempt);
        }

        slots.Release();
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "The dispatch queue could not be asked for work; asking again")]
    private partial void LogTakeFailed(Exception exception);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Attempt {Attempt} could not be started here; its execution will offer it again")]
    private partial void LogStartFailed(Exception exception, AttemptId attempt);
}
