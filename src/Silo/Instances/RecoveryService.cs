using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Takes over executions whose silo is gone: at start, at each death in the cluster, soon again while some of them cannot be had, and on
/// a slow sweep in case a message was missed. Every silo does this for its share of the executions; taking over one that runs already
/// changes nothing.
/// </summary>
internal sealed partial class RecoveryService(
    IClusterMembershipService membership, LivingSilos silos, DeadSilos dead, IJournal journal, IGrainFactory grains, LocalInstances local,
    SiloIdentity silo, IOptions<EngineOptions> options, TimeProvider clock, ILogger<RecoveryService> log) : BackgroundService
{
    private const int BatchSize = 1_000;
    private const int Parallelism = 64;

    /// <summary>Right after a death calls still end at the silo that is gone.</summary>
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>A call that was passed on to a silo that had frozen gets no answer; the next one goes where the execution can be had.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HashSet<SiloAddress> mourned = [];
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
                    .Where(member => member.Status == SiloStatus.Dead && mourned.Add(member.SiloAddress))
                    .Select(member => member.SiloAddress)
                    .ToList();
                if (newlyDead.Count == 0) continue;

                wakes.Writer.TryWrite(true);
                foreach (var one in newlyDead) LoseAsync(one).Ignore();
            }
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    /// <summary>Executions of this silo lose what they had on a dead one, as soon as it runs there no more.</summary>
    private async Task LoseAsync(SiloAddress lost)
    {
        await dead.GoneAsync(lost);
        foreach (var instance in local.All) instance.OwnersLostAsync([SiloIdentity.OwnerOf(lost)]).Ignore();
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
                for (var delay = FirstDelay; !await TryRecoverAsync(cancellationToken) && delay < options.Value.RecoverySweepDelay; delay *= 2)
                    await Task.Delay(delay, clock, cancellationToken);
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task<bool> TryRecoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RecoverOnceAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogRecoveryFailed(exception);
            return false;
        }
    }

    /// <returns>False when some could not be taken over.</returns>
    private async Task<bool> RecoverOnceAsync(CancellationToken cancellationToken)
    {
        var living = silos.Owners.ToList();
        var abandoned = await journal.FindAbandonedAsync(living, BatchSize, cancellationToken);
        var mine = abandoned.Where(id => id % living.Count == living.IndexOf(silo.Owner)).ToList();
        if (mine.Count == 0) return true;

        LogRecovering(mine.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        var failures = 0;
        await Parallel.ForEachAsync(mine, parallel, async (id, _) =>
        {
            if (!await TryRecoverOneAsync(id)) Interlocked.Increment(ref failures);
        });

        // A full batch means there may be more; those just taken over are not found again.
        if (abandoned.Count == BatchSize) wakes.Writer.TryWrite(true);
        return failures == 0;
    }

    /// <summary>One execution that cannot be taken over must not hold up the others.</summary>
    private async Task<bool> TryRecoverOneAsync(long executionId)
    {
        try
        {
            await grains.GetGrain<IWorkflowInstanceGrain>(executionId).RecoverAsync().WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception exception)
        {
            LogOneFailed(exception, executionId);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "Taking over {Count} executions whose silo is gone")]
    private partial void LogRecovering(int count);

    [LoggerMessage(LogLevel.Warning, "Looking for abandoned executions failed; looking again")]
    private partial void LogRecoveryFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Execution {ExecutionId} could not be taken over; trying again")]
    private partial void LogOneFailed(Exception exception, long executionId);
}
