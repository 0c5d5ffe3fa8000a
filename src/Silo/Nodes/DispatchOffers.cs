using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>Offers of all executions on this silo on their way to the dispatch queues.</summary>
internal sealed class DispatchOffers(IGrainFactory grains)
{
    private readonly GatheredCalls<string, IReadOnlyList<DispatchItem>, bool> calls = new((group, offers) => SendAsync(grains, group, offers));

    /// <summary>Completes when the queue has them.</summary>
    public Task OfferAsync(string group, IReadOnlyList<DispatchItem> items) => calls.CallAsync(group, items);

    private static async Task<IReadOnlyList<bool>> SendAsync(
        IGrainFactory grains, string group, IReadOnlyList<IReadOnlyList<DispatchItem>> offers)
    {
        var items = offers.Count == 1 ? offers[0] : [.. offers.SelectMany(offer => offer)];
        await grains.GetGrain<IDispatchQueueGrain>(group).OfferAsync(items);
        return new bool[offers.Count];
    }
}
