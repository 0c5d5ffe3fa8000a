using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>
/// Removes executions that ended long ago, with their journal and logs; one silo of the cluster at a time. What has not ended is never
/// touched. Stopping anywhere is safe: the next sweep goes on.
/// </summary>
internal sealed partial class RetentionService(
    IEnumerable<IHistory> histories, IDatabase database, ISweepTurn turn, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<RetentionService> log) : BackgroundService
{
    /// <summary>Share of the time history is kept that it may be kept longer.</summary>
    private const double Slack = 0.1;

    private readonly ExecutionHeads heads = new(database);
    private readonly RetentionOptions options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepDelay, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TrySweepAsync(stoppingToken);
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    /// <summary>Removes what is old enough now; does nothing while another silo does it.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var taken = await turn.TryTakeAsync(cancellationToken);
        if (taken is null) return;

        // Logs before executions: should the sweep break off, no log is left that nobody can reach.
        foreach (var history in histories.OrderByDescending(history => history.Kind))
            if (KeptFor(history.Kind) is { } kept)
                await SweepAsync(history, kept, cancellationToken);
    }

    private async Task SweepAsync(IHistory history, TimeSpan kept, CancellationToken cancellationToken)
    {
        var clockwork = Stopwatch.StartNew();
        var sweep = new HistorySweep(history, heads, options.BatchLength);
        var removed = await sweep.RunAsync(clock.GetUtcNow() - kept, kept * Slack, cancellationToken);
        if (removed != default)
            LogRemoved(history.Kind, removed.Executions, removed.Partitions, kept.TotalDays, clockwork.ElapsedMilliseconds);
    }

    /// <summary>Null for ever.</summary>
    private TimeSpan? KeptFor(HistoryKind kind)
    {
        TimeSpan?[] limits = kind is HistoryKind.Logs ? [Limit(options.Logs), Limit(options.Executions)] : [Limit(options.Executions)];
        return limits.Min();

        static TimeSpan? Limit(TimeSpan kept) => kept == TimeSpan.Zero ? null : kept;
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }
}
