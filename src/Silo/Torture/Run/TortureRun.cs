using Scheduler.Silo.Torture.Checks;
using Scheduler.Silo.Torture.Cluster;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Faults;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Run;

/// <summary>What a run came to.</summary>
/// <param name="Verdict">What the checks say.</param>
/// <param name="Evidence">What they have looked at.</param>
/// <param name="Faults">What was done to the cluster.</param>
internal sealed record TortureResult(Verdict Verdict, RunEvidence Evidence, IReadOnlyList<PlannedFault> Faults);

/// <summary>One run: start, load and faults together, heal, look, stop, look at what is left, judge.</summary>
internal sealed class TortureRun(TortureOrder order, string folder, Narrator narrator, TimeProvider clock)
{
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseBetweenReports = TimeSpan.FromSeconds(10);

    private readonly LoadPlan load = LoadPlan.Create(order.Seed, order.Duration);

    /// <exception cref="TortureImpossibleException">It could not be made.</exception>
    public async Task<TortureResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await TortureCluster.CreateAsync(order, folder, narrator, clock, cancellationToken);
        using var http = new HttpClient { Timeout = CallPatience };
        var caller = new AzkabanCaller(http);
        var ledgers = Directory.CreateDirectory(Path.Combine(folder, "ledgers")).FullName;
        var loading = new LoadDriver(load, ledgers, cluster.Urls, caller, clock);
        var faulting = new FaultDriver(
            FaultPlan.Create(order.Seed, order.Silos, order.Duration, TortureCluster.PossibleFaults(order)), cluster, narrator, clock);

        cluster.Start();
        var absent = await cluster.WaitUntilUpAsync(StartPatience, cancellationToken);
        if (absent.Count > 0) throw new TortureImpossibleException($"{absent[0].Name} did not get ready; see {absent[0].Place.LogFile}");
        await caller.LogInAsync(cluster.Urls[0], cluster.Password, cancellationToken);
        await loading.PrepareAsync(cancellationToken);

        await TortureAsync(cluster, loading, faulting, cancellationToken);
        return await HealAndLookAsync(cluster, loading, faulting, caller, ledgers, cancellationToken);
    }

    private async Task TortureAsync(TortureCluster cluster, LoadDriver loading, FaultDriver faulting, CancellationToken cancellationToken)
    {
        narrator.Say($"{load.Orders.Count} orders in {order.Duration.TotalSeconds:0} s");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reporting = ReportAsync(cluster, loading, over.Token);
        await Task.WhenAll(loading.RunAsync(order.Duration, cancellationToken), faulting.RunAsync(cancellationToken));
        await over.CancelAsync();
        await reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TortureResult> HealAndLookAsync(
        TortureCluster cluster, LoadDriver loading, FaultDriver faulting, AzkabanCaller caller, string ledgers, CancellationToken cancellationToken)
    {
        narrator.Say("the faults are over");
        var healing = new Healing(cluster, narrator, clock);
        var absent = await healing.WaitForSilosAsync(cancellationToken);
        await healing.WaitForExecutionsAsync(cancellationToken);

        narrator.Say("all is quiet; looking at what the API shows");
        var database = new DatabaseWitness(cluster.Database);
        var api = new ApiWitness(cluster.Urls, caller, new Random(order.Seed));
        var workflows = load.Workflows.ToDictionary(workflow => workflow.Name);
        var executions = await database.ReadExecutionsAsync(cancellationToken);
        var seen = await api.SeeAsync(executions.Select(execution => execution.Id), cancellationToken);
        var pagedLogs = await api.ReadLogsAsync([.. NodesWithJobs(executions, workflows)], cancellationToken);

        narrator.Say("stopping the silos");
        await cluster.StopAsync();
        var orphans = await FindOrphansAsync(cluster, cancellationToken);
        var evidence = new RunEvidence
        {
            Workflows = workflows,
            Orders = loading.Orders,
            Uploads = await database.ReadUploadsAsync(loading.Versions, cancellationToken),
            Executions = await database.ReadExecutionsAsync(cancellationToken),
            Ledger = Ledger.Read(ledgers),
            Seen = seen,
            Logs = await database.ReadLogsAsync(cancellationToken),
            PagedLogs = pagedLogs,
            Lives = [.. cluster.Silos.SelectMany(silo => silo.Lives)],
            Outages = faulting.Outages,
            Orphans = orphans,
            Absent = absent,
        };
        return new TortureResult(Verdict.Of(evidence), evidence, faulting.Done);
    }

    private static IEnumerable<(long Execution, NodePlace Place)> NodesWithJobs(
        IReadOnlyList<RecordedExecution> executions, Dictionary<string, PlannedWorkflow> workflows) =>
        from execution in executions
        where workflows.ContainsKey(execution.Workflow)
        from place in workflows[execution.Workflow].Places()
        where place.Plan.Job is not null
        select (execution.Id, place);

    /// <summary>The last words of a reaper take a moment.</summary>
    private async Task<IReadOnlyList<string>> FindOrphansAsync(TortureCluster cluster, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (cluster.FindProcesses().Count > 0 && clock.GetElapsedTime(start) < OrphanPatience) await Task.Delay(PauseBetweenLooks, clock, cancellationToken);
        return cluster.FindProcesses();
    }

    private async Task ReportAsync(TortureCluster cluster, LoadDriver loading, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(PauseBetweenReports, clock, cancellationToken);
            var counts = await cluster.Database.TryCountAsync(cancellationToken);
            var silos = string.Join(' ', cluster.Silos.Select(silo => silo.IsUp ? $"{silo.Place.Index + 1}" : "-"));
            narrator.Say($"{loading.Acknowledged} orders acknowledged, {(counts is null ? "the database is away" : $"{counts.Open} executions open")}, silos {silos}");
        }
    }
}
