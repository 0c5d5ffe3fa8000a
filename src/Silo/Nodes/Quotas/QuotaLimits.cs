using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// The limits, as this process read them last: at its start and every few seconds. They say which attempts have a quota at all; whether
/// one may go is decided where permits are taken.
/// </summary>
internal sealed partial class QuotaLimits(
    QuotaStore store, IOptions<EngineOptions> options, TimeProvider clock, ILogger<QuotaLimits> log) : BackgroundService
{
    private volatile IReadOnlyDictionary<string, int> limits = new Dictionary<string, int>();

    /// <summary>True while no quota limits anything, as most of the time.</summary>
    public bool IsEmpty => limits.Count == 0;

    public bool Has(string key) => limits.ContainsKey(key);

    /// <summary>Nothing may be dispatched before the limits are known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Those of the pools that do not exist, and all that do. Asks the database before it says that one is missing.</summary>
    public async Task<(IReadOnlyList<string> Missing, IReadOnlyList<string> Existing)> FindMissingPoolsAsync(
        IReadOnlyCollection<string> pools, CancellationToken cancellationToken)
    {
        if (pools.All(IsPool)) return ([], []);

        await ReadAsync(cancellationToken);
        return ([.. pools.Where(pool => !IsPool(pool))], [.. limits.Keys.Select(QuotaKey.PoolOf).OfType<string>()]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.QuotaCheckDelay, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ReadAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogUnknown(exception.Message);
                }
            }
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task ReadAsync(CancellationToken cancellationToken) => limits = await store.ReadLimitsAsync(cancellationToken);

    private bool IsPool(string pool) => Has(QuotaKey.OfPool(pool));

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "The quotas could not be read; those known before count on: {Reason}")]
    private partial void LogUnknown(string reason);
}
