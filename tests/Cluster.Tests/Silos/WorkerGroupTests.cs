using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Silos;

/// <summary>Which silos take which work, and in which order.</summary>
public sealed class WorkerGroupTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_runs_where_its_group_is_offered_and_says_so_when_nobody_offers_it()
    {
        await using var cluster = await SiloCluster.StartAsync(2);
        using var client = await cluster.Silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "job", 6, $"echo $PPID >> {cluster.Ledger}");
        var execution = await client.ExecuteAsync("job", "job", ("flowOverride[worker.group]", "gpu"));
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "QUEUED") == 6, Deadline);

        var special = await cluster.AddWithAsync([("Engine__Groups__gpu", "2")]);
        await client.WaitAsync(execution, Deadline);
        Assert.Equal(Enumerable.Repeat($"{special.ProcessId}", 6), await File.ReadAllLinesAsync(cluster.Ledger));

        var elsewhere = await client.ExecuteAsync("job", "job");
        Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(elsewhere, Deadline))["status"]!);
        Assert.DoesNotContain($"{special.ProcessId}", (await File.ReadAllLinesAsync(cluster.Ledger)).Skip(6));
    }

    [Fact]
    public async Task A_bad_group_is_refused_with_the_rule()
    {
        await using var cluster = await SiloCluster.StartAsync(1);
        using var client = await cluster.Silos[0].LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "job", 1, "true");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.ExecuteAsync("job", "job", ("flowOverride[worker.group]", "a b")));
        Assert.Contains("worker.group: 'a b' is no name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_higher_flow_priority_goes_first_and_projects_take_turns()
    {
        await using var cluster = await SiloCluster.StartAsync(1, ("Engine__Slots", "1"));
        using var client = await cluster.Silos[0].LoginAsync();
        var gate = $"{cluster.Ledger}.go";
        await SiloCluster.UploadParallelAsync(client, "gate", 1, $"while test ! -e {gate}; do sleep 0.1; done");
        foreach (var project in new[] { "one", "two" })
            await SiloCluster.UploadParallelAsync(client, project, 3, $"echo {project} $PRIORITY >> {cluster.Ledger}", ", env.PRIORITY: \"${priority}\"");

        var executions = new List<int> { await client.ExecuteAsync("gate", "gate") };
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, executions[0], "RUNNING") == 1, Deadline);
        foreach (var (project, priority) in new[] { ("one", "3"), ("two", "3"), ("two", "8"), ("one", "8") })
            executions.Add(await client.ExecuteAsync(
                project, project, ("flowOverride[flowPriority]", priority), ("flowOverride[priority]", priority), ("concurrentOption", "ignore")));
        foreach (var execution in executions.Skip(1))
            await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "QUEUED") == 3, Deadline);
        await File.WriteAllTextAsync(gate, "");
        foreach (var execution in executions) await client.WaitAsync(execution, Deadline);

        var lines = await File.ReadAllLinesAsync(cluster.Ledger);
        Assert.Equal(
            ["two 8", "one 8", "two 8", "one 8", "two 8", "one 8", "one 3", "two 3", "one 3", "two 3", "one 3", "two 3"], lines);
    }

    [Fact]
    public async Task A_burst_is_spread_evenly_over_the_silos()
    {
        await using var cluster = await SiloCluster.StartAsync(3, ("Engine__Slots", "200"), ("Engine__MaxConcurrentExecutions", "1000"));
        var clients = new List<AzkabanClient>();
        foreach (var silo in cluster.Silos) clients.Add(await silo.LoginAsync());
        await SiloCluster.UploadParallelAsync(clients[0], "burst", 1, $"echo $PPID >> {cluster.Ledger}; sleep 600");

        await Task.WhenAll(clients.Select(async client =>
        {
            for (var count = 0; count < 100; count++) await client.ExecuteAsync("burst", "burst", ("concurrentOption", "ignore"));
            client.Dispose();
        }));
        await Eventually.TrueAsync(() => File.ReadAllLines(cluster.Ledger).Length == 300, Deadline);

        var busiest = (await File.ReadAllLinesAsync(cluster.Ledger)).GroupBy(parent => parent).Max(silo => silo.Count());
        Assert.InRange(busiest, 100, 130);
    }
}
