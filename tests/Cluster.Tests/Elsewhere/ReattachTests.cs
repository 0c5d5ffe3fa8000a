using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Elsewhere;

/// <summary>What goes on elsewhere when the server is killed in the middle: it is found again by its handle, to go on with it or to end it.</summary>
public sealed class ReattachTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly string Program = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "../../ProcessHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "Scheduler.ProcessHost.dll"));

    [Fact]
    public async Task The_attempt_after_a_lost_one_gets_its_handle()
    {
        await using var server = await SchedulerServer.StartAsync(program: Program);
        var execution = await StartAsync(server);
        await Eventually.TrueAsync(() => Ledger(server) is ["1 run", "1 saved query 1"]);

        await server.KillAsync();
        await server.StartAgainAsync();
        using var client = await server.LoginAsync();
        var ended = await client.WaitAsync(execution, Deadline);

        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        Assert.Equal(["1 run", "1 saved query 1", "2 reattach query 1"], Ledger(server));
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_which_the_server_dies_is_done_again()
    {
        await using var server = await SchedulerServer.StartAsync(program: Program);
        var execution = await StartAsync(server, "sleep");
        await Eventually.TrueAsync(() => Ledger(server) is ["1 run", "1 saved query 1"]);
        using (var client = await server.LoginAsync())
        {
            await Eventually.TrueAsync(async () => (await client.ReadLogAsync(execution, "a")).Contains("asleep", StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(server.Data, "ledger.hold"), "");
            await client.CancelAsync(execution);
        }

        await Eventually.TrueAsync(() => Ledger(server).Contains("1 kill query 1"));
        await server.KillAsync();
        File.Delete(Path.Combine(server.Data, "ledger.hold"));
        await server.StartAgainAsync();

        using var again = await server.LoginAsync();
        Assert.Equal("KILLED", (string)(await again.WaitAsync(execution, Deadline))["status"]!);
        Assert.Equal(["1 run", "1 saved query 1", "1 kill query 1", "1 kill query 1"], Ledger(server));
    }

    private static async Task<int> StartAsync(SchedulerServer server, string mode = "hold")
    {
        using var client = await server.LoginAsync();
        return await EmbeddedServer.ExecuteAsync(
            client, $"{{ name: a, type: elsewhere, config: {{ mode: {mode}, ledger: {Path.Combine(server.Data, "ledger")} }} }}");
    }

    private static string[] Ledger(SchedulerServer server) =>
        File.Exists(Path.Combine(server.Data, "ledger")) ? File.ReadAllLines(Path.Combine(server.Data, "ledger")) : [];
}
