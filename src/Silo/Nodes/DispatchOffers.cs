using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Offers of all executions on this silo on their way to the dispatch queues. While a queue moves to another silo, because its own has
/// died, they are repeated; offering twice is harmless.
/// </summary>
internal sealed partial class DispatchOffers
{
    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromMilliseconds(100);

    /// <summary>A call that was passed on to a silo that had frozen gets no answer.</summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(2);

    /// <summary>Then executions offer again by themselves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly GatheredCalls<string, IReadOnlyList<DispatchItem>, bool> calls;
    private readonly IGrainFactory grains;
    private readonly TimeProvider clock;
    private readonly ILogger<DispatchOffers> log;

    public DispatchOffers(IGrainFactory grains, TimeProvider clock, ILogger<DispatchOffers> log)
    {
        (this.grains, this.clock, this.log) = (grains, clock, log);
        calls = new(SendAsync);
    }

    /// <summary>Completes when the queue has them.</summary>
    public Task OfferAsync(string group, IReadOnlyList<DispatchItem> items) => calls.CallAsync(group, items);

    private async Task<IReadOnlyList<bool>> SendAsync(string group, IReadOnlyList<IReadOnlyList<DispatchItem>> offers)
    {
        var items = offers.Count == 1 ? offers[0] : [.. offers.SelectMany(offer => offer)];
        for (var start = clock.GetTimestamp(); ;)
        {
            try
            {
                await grains.GetGrain<IDispatchQueueGrain>(group).OfferAsync(items).WaitAsync(CallPatience, clock);
                return new bool[offers.Count];
            }
            catch (Exception exception) when (clock.GetElapsedTime(start) < Patience)
            {
                LogDelayed(items.Count, group, exception.Message);
            }

            await Task.Delay(DelayAfterFailure, clock);
        }
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "{Count} attempts could not be offered to group {Group}; offering them again: {Reason}")]
    private partial void LogDelayed(int count, string group, string reason);
}
