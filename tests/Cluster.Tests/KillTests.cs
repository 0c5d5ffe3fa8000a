using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Testing;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests;

/// <summary>A server that is killed at random moments in the middle of a workflow, and started again each time.</summary>
public abstract class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Nodes = 200;

    protected abstract Task<string[]> StoreArgumentsAsync();

    [Fact]
    public async Task Twenty_kills_in_a_workflow_of_200_nodes_lose_nothing_and_run_no_finished_node_again()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);

        // One node can be unlucky more often than the default allows; how often is what another test is about.
        var environment = new Dictionary<string, string> { ["SCHEDULER_Engine__MaxLostAttempts"] = "100" };
        await using var server = await SchedulerServer.StartAsync(await StoreArgumentsAsync(), environment);
        var ledger = Path.Combine(server.Data, "ledger");
        var execution = await StartAsync(server, ledger);

        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(20, 700));
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        using var client = await server.LoginAsync();
        var ended = await client.WaitAsync(execution, TimeSpan.FromMinutes(3));

        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        var nodes = ended["nodes"]!.AsArray().Select(node => node!.AsObject()).ToList();
        Assert.Equal(Nodes + 1, nodes.Count);
        Assert.All(nodes, node => Assert.Equal("SUCCEEDED", (string)node["status"]!));
        Assert.All(nodes, node => Assert.DoesNotContain("SUCCEEDED", PastStatuses(node)));

        var bodies = (await File.ReadAllLinesAsync(ledger)).Where(line => line.Length > 0).ToHashSet();
        Assert.Equal(Nodes, bodies.Count);
        await Eventually.TrueAsync(() => FindChildren(server.Data).Count == 0);
        output.WriteLine($"attempts: {nodes.Sum(node => 1 + PastStatuses(node).Count)}");
    }

    [Fact]
    public async Task An_execution_whose_time_is_up_while_nobody_runs_it_ends_as_soon_as_somebody_does()
    {
        await using var server = await SchedulerServer.StartAsync(await StoreArgumentsAsync());
        using var client = await server.LoginAsync();
        await client.CreateProjectAsync("late");
        await client.UploadAsync("late", Zip.Of(
            ("late.project", "azkaban-flow-version: 2.0\n"),
            ("late.flow", $"nodes: [{{ name: a, type: command, config: {{ retries: 5, command: \"sh -c 'echo {server.Data}; sleep 600'\" }} }}]\n")));
        var execution = await client.ExecuteAsync("late", "late", ("flowOverride[flow.timeout]", "5s"));
        await Eventually.TrueAsync(async () => (string)(await client.FetchAsync(execution))["nodes"]![0]!["status"]! == "RUNNING");

        await server.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await server.StartAgainAsync();

        using var again = await server.LoginAsync();
        var ended = await again.WaitAsync(execution, TimeSpan.FromSeconds(20));
        Assert.Equal(("FAILED", "KILLED"), ((string)ended["status"]!, (string)ended["nodes"]![0]!["status"]!));
        await Eventually.TrueAsync(() => FindChildren(server.Data).Count == 0);
    }

    private static async Task<int> StartAsync(SchedulerServer server, string ledger)
    {
        using var client = await server.LoginAsync();
        await client.CreateProjectAsync("kills");
        await client.UploadAsync("kills", Package(ledger));
        return await client.ExecuteAsync("kills", "kills");
    }

    /// <summary>Twenty chains of ten that meet in a last node; each node takes a moment and then leaves its name.</summary>
    private static byte[] Package(string ledger)
    {
        var flow = new StringBuilder("nodes:\n");
        for (var node = 0; node < Nodes; node++)
        {
            var parents = node % 10 == 0 ? "" : $"n{node - 1}";
            flow.Append($"  - {{ name: n{node}, type: command, dependsOn: [{parents}], ")
                .Append($"config: {{ command: \"sh -c 'sleep 0.15; echo n{node} >> {ledger}'\" }} }}\n");
        }

        var ends = string.Join(", ", Enumerable.Range(0, Nodes / 10).Select(chain => $"n{chain * 10 + 9}"));
        flow.Append($"  - {{ name: join, type: noop, dependsOn: [{ends}] }}\n");
        return Zip.Of(("kills.project", "azkaban-flow-version: 2.0\n"), ("kills.flow", flow.ToString()));
    }

    private static List<string> PastStatuses(JsonObject node) =>
        [.. (node["pastAttempts"]?.AsArray() ?? []).Select(attempt => (string)attempt!["status"]!)];

    /// <summary>Processes that still work on a node of this server.</summary>
    private static List<string> FindChildren(string data) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Select(path =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(path, "environ")).Contains("SCHEDULER_ATTEMPT=", StringComparison.Ordinal)
                    ? File.ReadAllText(Path.Combine(path, "cmdline")).Replace('\0', ' ')
                    : "";
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }).Where(command => command.Contains(data, StringComparison.Ordinal)),
    ];
}

public sealed class SqliteKillTests(ITestOutputHelper output) : KillTests(output)
{
    protected override Task<string[]> StoreArgumentsAsync() => Task.FromResult<string[]>([]);
}

public sealed class PostgreSqlKillTests(ITestOutputHelper output) : KillTests(output)
{
    protected override async Task<string[]> StoreArgumentsAsync()
    {
        var server = await PostgreSqlServer.SharedAsync();
        return ["--database", await server.CreateDatabaseAsync()];
    }
}
