using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// Gives back the permits of attempts whose end is stored, and tells the dispatch queues. It repeats that until it is done; should this
/// process end before, the <see cref="PermitSweep"/> does it.
/// </summary>
internal sealed partial class PermitReturns(
    PermitStore store, IGrainFactory grains, LivingSilos silos, TimeProvider clock, ILogger<PermitReturns> log)
{
    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromSeconds(1);

    private readonly GatheredCalls<bool, AttemptId, bool> calls = new((_, attempts) => ReturnAsync(store, grains, silos, clock, log, attempts));

    /// <summary>Returns at once.</summary>
    public void Return(IEnumerable<AttemptId> attempts)
    {
        foreach (var attempt in attempts) calls.CallAsync(true, attempt).Ignore();
    }

    private static async Task<IReadOnlyList<bool>> ReturnAsync(
        PermitStore store, IGrainFactory grains, LivingSilos silos, TimeProvider clock, ILogger log, IReadOnlyList<AttemptId> attempts)
    {
        while (true)
        {
            try
            {
                await store.ReturnAsync(attempts, CancellationToken.None);
                break;
            }
            catch (Exception exception)
            {
                LogReturnFailed(log, attempts.Count, exception.Message);
            }

            await Task.Delay(DelayAfterFailure, clock);
        }

        // A quota may hold back attempts of any group. A queue that cannot be told looks by itself.
        foreach (var group in silos.Groups) grains.GetGrain<IDispatchQueueGrain>(group).PermitsFreedAsync(attempts).Ignore();
        return new bool[attempts.Count];
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Permits of {Count} attempts could not be given back; trying again: {Reason}")]
    private static partial void LogReturnFailed(ILogger log, int count, string reason);
}
