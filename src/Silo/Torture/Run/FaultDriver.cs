using Scheduler.Silo.Torture.Cluster;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Faults;

namespace Scheduler.Silo.Torture.Run;

/// <summary>Does to a cluster what a fault plan says. A fault of a process that would leave no other silo working is left out.</summary>
internal sealed class FaultDriver(IReadOnlyList<PlannedFault> plan, TortureCluster cluster, Narrator narrator, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<PlannedFault> done = [];
    private readonly List<Freeze> outages = [];

    /// <summary>What has been done so far.</summary>
    public IReadOnlyList<PlannedFault> Done
    {
        get
        {
            lock (gate) return [.. done];
        }
    }

    /// <summary>When the database was kept from some silo.</summary>
    public IReadOnlyList<Freeze> Outages
    {
        get
        {
            lock (gate) return [.. outages];
        }
    }

    /// <summary>Completes when the last fault is over.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(plan.Select(fault => WaitAndDoAsync(fault, cancellationToken)));

    private async Task WaitAndDoAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        await Task.Delay(fault.At, clock, cancellationToken);
        if (fault.Kind.HitsProcess() && !IsPossible(fault))
        {
            narrator.Say($"left out: {fault}, because its silo or all others are not working");
            return;
        }

        narrator.Say(fault.ToString());
        lock (gate) done.Add(fault);
        await DoAsync(fault, cancellationToken);
    }

    private bool IsPossible(PlannedFault fault) =>
        cluster.Silos[fault.Silo].IsUp && cluster.Silos.Where((_, silo) => silo != fault.Silo).Any(silo => silo.IsUp);

    private Task DoAsync(PlannedFault fault, CancellationToken cancellationToken) => fault.Kind switch
    {
        FaultKind.Kill => cluster.Silos[fault.Silo].KillAsync(fault.Duration),
        FaultKind.Term => cluster.Silos[fault.Silo].TerminateAsync(fault.Duration),
        FaultKind.Stop => cluster.Silos[fault.Silo].FreezeAsync(fault.Duration, cancellationToken),
        FaultKind.DatabaseRestart => WithoutDatabaseAsync(() => cluster.Database.RestartAsync(fault.IsGentle)),
        FaultKind.ConnectionDrop => WithoutDatabaseAsync(() => cluster.Database.DropConnectionsAsync(cancellationToken)),
        _ => WithoutDatabaseAsync(() => CutOffAsync(fault, cancellationToken)),
    };

    private async Task CutOffAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        var proxies = fault.Silo == PlannedFault.AllSilos ? cluster.Proxies : [cluster.Proxies[fault.Silo]];
        foreach (var proxy in proxies)
            if (fault.Kind == FaultKind.NetworkDrop) proxy.Drop();
            else proxy.Hang();
        try
        {
            await Task.Delay(fault.Duration, clock, cancellationToken);
        }
        finally
        {
            foreach (var proxy in proxies) proxy.Pass();
        }
    }

    private async Task WithoutDatabaseAsync(Func<Task> fault)
    {
        var from = clock.GetUtcNow();
        await fault();
        lock (gate) outages.Add(new Freeze(from, clock.GetUtcNow()));
    }
}
