using Scheduler.Silo.Torture.Cluster;

namespace Scheduler.Silo.Torture.Run;

/// <summary>Waits, once nothing is done to a cluster any more, until it has done all its work.</summary>
internal sealed class Healing(TortureCluster cluster, Narrator narrator, TimeProvider clock)
{
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>An execution of the load needs less than this between two rows of its journal, whatever has been done to it.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(120);

    /// <summary>Waits until all silos work.</summary>
    /// <returns>Those that do not come back, in words.</returns>
    public async Task<IReadOnlyList<string>> WaitForSilosAsync(CancellationToken cancellationToken)
    {
        var absent = await cluster.WaitUntilUpAsync(SiloPatience, cancellationToken);
        return [.. absent.Select(silo => $"{silo.Name} was not ready {SiloPatience.TotalSeconds:0} s after the last fault ({silo.Place.LogFile})")];
    }

    /// <summary>Completes when every execution has ended, or nothing has moved for too long.</summary>
    public async Task WaitForExecutionsAsync(CancellationToken cancellationToken)
    {
        var (last, lastMove) = (new Progress(0, 0, 0), clock.GetTimestamp());
        while (clock.GetElapsedTime(lastMove) < StuckAfter)
        {
            if (await cluster.Database.TryCountAsync(cancellationToken) is { } now)
            {
                if (now.Open == 0) return;
                if (now != last) (last, lastMove) = (now, clock.GetTimestamp());
            }

            await Task.Delay(PauseBetweenLooks, clock, cancellationToken);
        }

        narrator.Say($"{last.Open} executions have not moved for {StuckAfter.TotalSeconds:0} s");
    }
}
