using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Takes over executions whose silo is gone: at start, at each death in the cluster, and on a slow sweep in case a message was
/// missed. Every silo does this for its share of the executions; taking over one that runs already changes nothing.
/// </summary>
internal sealed partial class RecoveryService(
    IClusterMembershipService membership, LivingSilos silos, IJournal journal, IGrainFactory grains, LocalInstances local, SiloIdentity silo,
    IOptions<EngineOptions> options, TimeProvider clock, ILogger<RecoveryService> log) : BackgroundService
{
    private const int BatchSize = 1_000;
    private const int Parallelism = 64;

    private readonly HashSet<SiloAddress> dead = [];
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WatchMembershipAsync(stoppingToken), SweepAsync(stoppingToken), RecoverAsync(stoppingToken));

    private async Task WatchMembershipAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
            {
                var newlyDead = snapshot.Members.Values
                    .Where(member => member.Status == SiloStatus.Dead && dead.Add(member.SiloAddress))
                    .Select(member => SiloIdentity.OwnerOf(member.SiloAddress))
                    .ToList();
                if (newlyDead.Count == 0) continue;

                wakes.Writer.TryWrite(true);
                foreach (var instance in local.All)
                    instance.OwnersLostAsync(newlyDead).Ignore();
            }
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.RecoverySweepDelay, clock);
        try
        {
            do wakes.Writer.TryWrite(true);
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in wakes.Reader.ReadAllAsync(cancellationToken))
            {
                try
                {
                    await RecoverOnceAsync(cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogRecoveryFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task RecoverOnceAsync(CancellationToken cancellationToken)
    {
        var living = silos.Owners.ToList();
        var abandoned = await journal.FindAbandonedAsync(living, BatchSize, cancellationToken);
        var mine = abandoned.Where(id => id % living.Count == living.IndexOf(silo.Owner)).ToList();
        if (mine.Count == 0) return;

        LogRecovering(mine.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(mine, parallel, async (id, _) => await RecoverOneAsync(id));

        // A full batch means there may be more; those just taken over are not found again.
        if (abandoned.Count == BatchSize) wakes.Writer.TryWrite(true);
    }

    /// <summary>One execution that cannot be taken over must not hold up the others; the next sweep tries it again.</summary>
    private async Task RecoverOneAsync(long executionId)
    {
        try
        {
            await grains.GetGrain<IWorkflowInstanceGrain>(executionId).RecoverAsync();
        }
        catch (Exception exception)
        {
            LogOneFailed(exception, executionId);
        }
    }

    [LoggerMessage(LogLevel.Information, "Taking over {Count} executions whose silo is gone")]
    private partial void LogRecovering(int count);

    [LoggerMessage(LogLevel.Warning, "Looking for abandoned executions failed; the next sweep looks again")]
    private partial void LogRecoveryFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Execution {ExecutionId} could not be taken over; the next sweep tries again")]
    private partial void LogOneFailed(Exception exception, long executionId);
}
