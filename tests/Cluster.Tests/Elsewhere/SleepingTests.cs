using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Elsewhere;

/// <summary>Plugins whose work goes on elsewhere: they wait without a slot, are called again, and end it when nobody wants it any more.</summary>
public sealed class SleepingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_that_waits_twice_leaves_its_slot_to_others_and_succeeds()
    {
        var plugin = new Waiter(sleeps: 2, TimeSpan.FromSeconds(1));
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter }, { name: b, type: waiter, config: { sleeps: 0 } }");

        var ended = await server.Client.WaitAsync(execution, Deadline);
        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        Assert.Equal(["a.1.0 run", "b.1.0 run", "a.1.1 run", "a.1.2 run"], plugin.Calls);
        Assert.Null(NodeOf(ended, "a")["pastAttempts"]);

        var log = await server.Client.ReadLogAsync(execution, "a");
        foreach (var call in (int[])[0, 1, 2]) Assert.Contains($"this is call {call}", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_sleeps_is_running_for_clients_of_azkaban_and_is_killed_once_when_it_is_cancelled()
    {
        var plugin = new Waiter(sleeps: 1, TimeSpan.FromHours(1)) { Handle = "query 7" };
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter }, { name: b, type: waiter, config: { sleeps: 0 } }");
        await Eventually.TrueAsync(() => plugin.Calls.Contains("b.1.0 run"));
        var node = NodeOf(await server.Client.FetchAsync(execution), "a");
        Assert.Equal("RUNNING", (string)node["status"]!);

        await server.Client.CancelAsync(execution);
        var ended = await server.Client.WaitAsync(execution, Deadline);
        Assert.Equal(("KILLED", "KILLED"), ((string)ended["status"]!, (string)NodeOf(ended, "a")["status"]!));
        Assert.Equal(["a.1.0 run", "b.1.0 run", "a.1.1 kill query 7"], plugin.Calls);
    }

    [Fact]
    public async Task Without_a_handle_there_is_nothing_to_kill()
    {
        var plugin = new Waiter(sleeps: 1, TimeSpan.FromHours(1));
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter }, { name: b, type: waiter, config: { sleeps: 0 } }");
        await Eventually.TrueAsync(() => plugin.Calls.Contains("b.1.0 run"));

        await server.Client.CancelAsync(execution);
        Assert.Equal("KILLED", (string)(await server.Client.WaitAsync(execution, Deadline))["status"]!);
        Assert.Equal(["a.1.0 run", "b.1.0 run"], plugin.Calls);
    }

    [Fact]
    public async Task A_kill_that_fails_is_tried_again()
    {
        var plugin = new Waiter(sleeps: 1, TimeSpan.FromHours(1)) { Handle = "q", FailingKills = 2 };
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter }, { name: b, type: waiter, config: { sleeps: 0 } }");
        await Eventually.TrueAsync(() => plugin.Calls.Contains("b.1.0 run"));

        await server.Client.CancelAsync(execution);
        Assert.Equal("KILLED", (string)(await server.Client.WaitAsync(execution, Deadline))["status"]!);
        Assert.Equal(3, plugin.Calls.Count(call => call == "a.1.1 kill q"));
    }

    [Fact]
    public async Task Its_time_out_passes_while_it_sleeps_and_the_next_attempt_begins_anew()
    {
        var plugin = new Waiter(sleeps: 1, TimeSpan.FromHours(1)) { Handle = "q" };
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter, config: { job.timeout: 1, job.timeout.retries: 1 } }");

        Assert.Equal("FAILED", (string)(await server.Client.WaitAsync(execution, Deadline))["status"]!);
        Assert.Equal(["a.1.0 run", "a.1.1 kill q", "a.2.0 run", "a.2.1 kill q"], plugin.Calls);
    }

    [Fact]
    public async Task How_far_it_has_come_is_shown_while_it_is_under_way_and_gone_at_its_end()
    {
        var plugin = new Waiter(sleeps: 1, TimeSpan.FromSeconds(2)) { Progress = new NodeProgress(Rows: 70, Percent: 35, Text: "reading") };
        await using var server = await EmbeddedServer.StartAsync(plugin);
        var execution = await server.ExecuteAsync("{ name: a, type: waiter }");

        await Eventually.TrueAsync(async () => NodeOf(await server.Client.FetchAsync(execution), "a")["progress"]?.ToJsonString()
            == """{"rows":70,"percent":35,"text":"reading"}""");
        Assert.Null(NodeOf(await server.Client.WaitAsync(execution, Deadline), "a")["progress"]);
    }

    private static JsonNode NodeOf(JsonObject execution, string name) =>
        execution["nodes"]!.AsArray().Single(node => (string)node!["id"]! == name)!;

    /// <summary>Sleeps so many times, then succeeds, and writes down who called it for what.</summary>
    [NodeType("waiter")]
    private sealed class Waiter(int sleeps, TimeSpan checkAfter) : IReattachingPlugin
    {
        private readonly ConcurrentQueue<string> calls = [];

        public IReadOnlyList<string> Calls => [.. calls];

        public string? Handle { get; init; }

        public NodeProgress? Progress { get; init; }

        public int FailingKills { get; set; }

        public async Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken)
        {
            calls.Enqueue($"{CallOf(context)} run");
            await context.Log.WriteLineAsync(LogLevel.Info, $"this is call {context.Attempt.Call}", cancellationToken);
            if (Progress is not null) context.Report(Progress);
            if (Handle is not null) await context.SaveHandleAsync(Handle, cancellationToken);
            return context.Attempt.Call < SleepsOf(context) ? new NodeResult.Waiting("for the other side", checkAfter) : NodeResult.Succeeded.WithoutOutputs;
        }

        public Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken)
        {
            calls.Enqueue($"{CallOf(context)} reattach {handle}");
            return Task.FromResult<NodeResult>(NodeResult.Succeeded.WithoutOutputs);
        }

        public Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken)
        {
            calls.Enqueue($"{CallOf(context)} kill {handle}");
            return FailingKills-- > 0 ? throw new InvalidOperationException("The server says no") : Task.CompletedTask;
        }

        private static string CallOf(NodeContext context) => $"{context.NodeName}.{context.Attempt.Number}.{context.Attempt.Call}";

        private int SleepsOf(NodeContext context) => context.Properties.TryGetValue("sleeps", out var own) ? int.Parse(own) : sleeps;
    }
}
