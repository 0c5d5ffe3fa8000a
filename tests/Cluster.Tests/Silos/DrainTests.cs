using System.Diagnostics;
using System.Net;
using Scheduler.Testing;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests.Silos;

/// <summary>A silo that is told to stop lets short jobs end and gives the others to its neighbours.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Fifty_long_jobs_are_placed_again_and_the_silo_is_gone_within_its_grace()
    {
        await using var cluster = await SiloCluster.StartAsync(
            1, ("Engine__DrainGrace", "00:00:05"), ("Engine__Slots", "60"), ("Engine__MaxLostAttempts", "0"));
        var leaving = cluster.Silos[0];
        var executions = new List<int>();
        using (var client = await leaving.LoginAsync())
        {
            await SiloCluster.UploadParallelAsync(client, "long", 10, $"echo $$ >> {cluster.Ledger}; sleep 61; : {cluster.Ledger}");
            while (executions.Count < 5) executions.Add(await client.ExecuteAsync("long", "long", ("concurrentOption", "ignore")));
            await Eventually.TrueAsync(async () => await CountRunningAsync(client, executions) == 50, Deadline);
        }

        await cluster.AddAsync();
        var neighbour = await cluster.AddAsync();
        var clock = Stopwatch.StartNew();
        var stopping = leaving.StopAsync();
        await Eventually.TrueAsync(async () => await ReadinessOfAsync(leaving) == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2));
        Assert.Equal(0, await stopping);
        output.WriteLine($"stopped after {clock.Elapsed}");
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(4.5), "jobs get their grace");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(14), "the promise is 7 s on a quiet machine");

        using var other = await neighbour.LoginAsync();
        try
        {
            await Eventually.TrueAsync(async () => await CountRunningAsync(other, executions) == 50, TimeSpan.FromSeconds(25));
        }
        catch
        {
            foreach (var execution in executions) output.WriteLine((await other.FetchAsync(execution)).ToJsonString());
            foreach (var silo in cluster.Silos) output.WriteLine($"=====\n{silo.Output}");
            throw;
        }

        output.WriteLine($"all placed again after {clock.Elapsed}");
        await Eventually.TrueAsync(() => cluster.FindJobs().Count(command => command.StartsWith("sh -c", StringComparison.Ordinal)) == 50);
        await Eventually.TrueAsync(async () => (await File.ReadAllLinesAsync(cluster.Ledger)).Length == 100, Deadline);
    }

    [Fact]
    public async Task Short_jobs_end_where_they_run()
    {
        await using var cluster = await SiloCluster.StartAsync(1, ("Engine__DrainGrace", "00:00:30"));
        using var client = await cluster.Silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "short", 4, $"echo began >> {cluster.Ledger}; sleep 2; echo ended >> {cluster.Ledger}");
        var execution = await client.ExecuteAsync("short", "short");
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "RUNNING") == 4, Deadline);

        Assert.Equal(0, await cluster.Silos[0].StopAsync());
        Assert.Equal(4, (await File.ReadAllLinesAsync(cluster.Ledger)).Count(line => line == "ended"));

        await cluster.Silos[0].StartAgainAsync();
        using var again = await cluster.Silos[0].LoginAsync();
        Assert.Equal("SUCCEEDED", (string)(await again.WaitAsync(execution, Deadline))["status"]!);
        Assert.Equal(4, (await File.ReadAllLinesAsync(cluster.Ledger)).Count(line => line == "began"));
    }

    [Fact]
    public async Task A_second_signal_stops_at_once_and_leaves_no_job()
    {
        await using var cluster = await SiloCluster.StartAsync(1, ("Engine__DrainGrace", "00:01:00"));
        using var client = await cluster.Silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "long", 2, $"sleep 62; : {cluster.Ledger}");
        var execution = await client.ExecuteAsync("long", "long");
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "RUNNING") == 2, Deadline);

        var clock = Stopwatch.StartNew();
        var stopping = cluster.Silos[0].StopAsync();
        await Eventually.TrueAsync(async () => await ReadinessOfAsync(cluster.Silos[0]) == HttpStatusCode.ServiceUnavailable, Deadline);
        await cluster.Silos[0].StopAsync();
        await stopping;
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(() => cluster.FindJobs().Count == 0, Deadline);
    }

    private static async Task<int> CountRunningAsync(AzkabanClient client, IEnumerable<int> executions)
    {
        var count = 0;
        foreach (var execution in executions) count += await SiloCluster.CountAsync(client, execution, "RUNNING");
        return count;
    }

    private static async Task<HttpStatusCode> ReadinessOfAsync(SchedulerServer silo)
    {
        using var http = new HttpClient { BaseAddress = silo.Url };
        using var reply = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return reply.StatusCode;
    }
}
