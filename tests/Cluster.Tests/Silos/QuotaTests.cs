using Scheduler.Cluster.Tests.Cli;
using Scheduler.Testing;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests.Silos;

/// <summary>What counts for a quota never exceeds it, whatever happens to the silos.</summary>
public sealed class QuotaTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261124;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_of_a_pool_run_at_a_time_while_silos_are_killed_and_everything_succeeds()
    {
        await using var cluster = await SiloCluster.StartAsync(
            3, ("Engine__MaxLostAttempts", "100"), ("Engine__QuotaCheckDelay", "00:00:01"), ("Engine__PermitSweepDelay", "00:00:02"),
            ("Engine__OfferAgainDelay", "00:00:03"));
        await QuotaAsync(cluster, "set", "pool/p", "2");
        var silos = cluster.Silos.ToList();
        using var client = await silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(
            client, "limited", 6, $"echo start $$ $PPID >> {cluster.Ledger}; sleep 0.3; echo end $$ $PPID >> {cluster.Ledger}", ", worker.pool: p");
        var executions = new List<int>();
        while (executions.Count < 4) executions.Add(await client.ExecuteAsync("limited", "limited", ("concurrentOption", "ignore")));

        // The first one answers the test, so the others die.
        var random = new Random(Seed);
        for (var kill = 1; kill <= 3; kill++)
        {
            await Eventually.TrueAsync(() => CountEnded(cluster) >= kill * 3, Deadline);
            var victim = silos[1 + random.Next(2)];
            var (process, owner) = (victim.ProcessId, await cluster.OwnerOfAsync(victim));
            await victim.KillAsync();
            await File.AppendAllTextAsync(cluster.Ledger, $"kill - {process}\n");
            output.WriteLine($"killed {owner} after {CountEnded(cluster)} jobs");
            await victim.StartAgainAsync();
        }

        foreach (var execution in executions)
            Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(execution, Deadline))["status"]!);
        var lines = await File.ReadAllLinesAsync(cluster.Ledger);
        Assert.InRange(MostAtOnce(lines), 1, 2);
        Assert.True(lines.Count(line => line.StartsWith("end", StringComparison.Ordinal)) >= 24);
        await Eventually.TrueAsync(async () => await cluster.QueryAsync<long>("SELECT count(*) FROM quota_permit") == 0, Deadline);
    }

    [Fact]
    public async Task Limits_of_projects_and_workflows_hold_and_change_while_jobs_wait()
    {
        await using var cluster = await SiloCluster.StartAsync(2, ("Engine__QuotaCheckDelay", "00:00:00.500"), ("Engine__OfferAgainDelay", "00:00:01"));
        using var client = await cluster.Silos[0].LoginAsync();
        var gate = $"{cluster.Ledger}.go";
        await SiloCluster.UploadParallelAsync(client, "limited", 8, $"echo start $$ >> {cluster.Ledger}; while test ! -e {gate}; do sleep 0.1; done");
        await QuotaAsync(cluster, "set", "project/Limited", "3");
        await QuotaAsync(cluster, "set", "workflow/limited/limited", "1");

        var execution = await RunWhenLimitedAsync(cluster, client);
        Assert.Equal(1, CountStarted(cluster));
        await QuotaAsync(cluster, "remove", "workflow/limited/limited");
        await Eventually.TrueAsync(() => CountStarted(cluster) == 3, Deadline);
        Assert.Equal(3, await SiloCluster.CountAsync(client, execution, "RUNNING"));

        await QuotaAsync(cluster, "remove", "project/limited");
        await Eventually.TrueAsync(() => CountStarted(cluster) == 8, Deadline);
        await File.WriteAllTextAsync(gate, "");
        Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(execution, Deadline))["status"]!);
    }

    [Fact]
    public async Task A_pool_that_does_not_exist_is_refused_with_those_that_do()
    {
        await using var cluster = await SiloCluster.StartAsync(1);
        using var client = await cluster.Silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "job", 1, "true", ", worker.pool: wharehouse");
        Assert.Contains("There is no pool 'wharehouse'. There are no pools.", await RefusalAsync(client), StringComparison.Ordinal);

        foreach (var pool in new[] { "pool/a", "pool/warehouse", "pool/houses" }) await QuotaAsync(cluster, "set", pool, "1");
        Assert.Contains("There is no pool 'wharehouse'. There are: warehouse, houses, a.", await RefusalAsync(client), StringComparison.Ordinal);

        var list = await folder.RunAsync("quota", "list", "--database", cluster.ConnectionString);
        Assert.Matches(@"(?m)^pool/warehouse +1 +0$", list.Output);
        var wrong = await folder.RunAsync("quota", "set", "warehouse", "1", "--database", cluster.ConnectionString);
        Assert.Equal((2, "'warehouse' can have no quota; name it pool/<name>, project/<name> or workflow/<project>/<name>.\n"), (wrong.Code, wrong.Errors));
        var unknown = await folder.RunAsync("quota", "set", "project/nobody", "1", "--database", cluster.ConnectionString);
        Assert.Equal((1, "'project/nobody': there is no such project.\n"), (unknown.Code, unknown.Errors));
    }

    /// <summary>Once the servers have heard of the limits.</summary>
    private static async Task<int> RunWhenLimitedAsync(SiloCluster cluster, AzkabanClient client)
    {
        var execution = await client.ExecuteAsync("limited", "limited");
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "QUEUED") == 7 && CountStarted(cluster) == 1, Deadline);
        return execution;
    }

    private static async Task<string> RefusalAsync(AzkabanClient client) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => client.ExecuteAsync("job", "job"))).Message;

    private async Task QuotaAsync(SiloCluster cluster, params string[] arguments)
    {
        var result = await folder.RunAsync(["quota", .. arguments, "--database", cluster.ConnectionString]);
        Assert.True(result.Code == 0, $"{result}");
    }

    /// <summary>What a job of a killed silo has not written, the line about the kill says for it.</summary>
    private static int MostAtOnce(IEnumerable<string> lines)
    {
        var (running, most) = (new HashSet<(string Job, string Silo)>(), 0);
        foreach (var line in lines.Select(line => line.Split(' ')))
        {
            if (line[0] == "start") running.Add((line[1], line[2]));
            else if (line[0] == "end") running.Remove((line[1], line[2]));
            else running.RemoveWhere(job => job.Silo == line[2]);
            most = Math.Max(most, running.Count);
        }

        return most;
    }

    private static int CountEnded(SiloCluster cluster) => Count(cluster, "end");

    private static int CountStarted(SiloCluster cluster) => Count(cluster, "start");

    private static int Count(SiloCluster cluster, string word) =>
        File.Exists(cluster.Ledger) ? File.ReadAllLines(cluster.Ledger).Count(line => line.StartsWith(word, StringComparison.Ordinal)) : 0;
}
