using System.Diagnostics;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>Plugins in processes of their own that do whatever a plugin should not, beside the jobs of others.</summary>
public sealed class MisbehavingPluginTests
{
    private const int OtherJobs = 20;
    private const long Flood = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task One_that_crashes_exits_hangs_or_floods_costs_its_own_attempt_and_nothing_else()
    {
        await using var server = await SchedulerServer.StartAsync(environment: new Dictionary<string, string> { ["SCHEDULER_Engine__Slots"] = "32" });
        SamplePlugin.Install(server.Data, "process");
        await server.StopAsync();
        await server.StartAgainAsync();
        using var client = await server.LoginAsync();
        var (ledger, go) = (Path.Combine(server.Data, "ledger"), Path.Combine(server.Data, "go"));

        await client.CreateProjectAsync("others");
        await client.UploadAsync("others", Zip.Of(
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("others.flow", "nodes:\n" + string.Concat(Enumerable.Range(0, OtherJobs / 2).Select(n =>
                $"  - {{ name: n{n}, type: shell, config: {{ script: 'echo $$ >> {ledger}; until test -e {go}; do sleep 0.2; done' }} }}\n")))));
        await client.CreateProjectAsync("bad");
        await client.UploadAsync("bad", Zip.Of(
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("bad.flow", $$"""
                config: { failure.action: finishPossible }
                nodes:
                  - { name: crash, type: sample.crash }
                  - { name: exit, type: sample.exit }
                  - { name: throw, type: sample.throw }
                  - { name: flood, type: sample.flood, config: { bytes: {{Flood}} } }
                  - { name: hang, type: sample.hang, config: { kill.grace.ms: 500 } }
                """)));

        int[] others = [await client.ExecuteAsync("others", "others"), await client.ExecuteAsync("others", "others", ("concurrentOption", "ignore"))];
        await Eventually.TrueAsync(() => File.Exists(ledger) && File.ReadLines(ledger).Count() == OtherJobs, Patience);
        var memory = MemoryOf(server.ProcessId);
        var bad = await client.ExecuteAsync("bad", "bad", ("failureAction", "finishPossible"));
        await Eventually.TrueAsync(async () => (await StatusesAsync(client, bad)).Values.Count(status => status is "FAILED" or "SUCCEEDED") == 4, Patience);
        await client.CancelAsync(bad);
        await client.WaitAsync(bad, Patience);

        Assert.Equal(
            [("crash", "FAILED"), ("exit", "FAILED"), ("flood", "SUCCEEDED"), ("hang", "KILLED"), ("throw", "FAILED")],
            (await StatusesAsync(client, bad)).Select(pair => (pair.Key, pair.Value)).Order());
        foreach (var other in others) Assert.All((await StatusesAsync(client, other)).Values, status => Assert.Equal("RUNNING", status));
        Assert.All(File.ReadLines(ledger), process => Assert.True(Directory.Exists($"/proc/{process}")));
        Assert.InRange(MemoryOf(server.ProcessId) - memory, long.MinValue, 256L << 20);

        await File.WriteAllTextAsync(go, "");
        foreach (var other in others) Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(other, Patience))["status"]!);
        Assert.Equal(OtherJobs, File.ReadLines(ledger).Count());
    }

    private static async Task<Dictionary<string, string>> StatusesAsync(AzkabanClient client, int execution) =>
        (await client.FetchAsync(execution))["nodes"]!.AsArray().ToDictionary(node => (string)node!["id"]!, node => (string)node!["status"]!);

    /// <summary>In bytes, as the system counts it.</summary>
    private static long MemoryOf(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.WorkingSet64;
    }
}
