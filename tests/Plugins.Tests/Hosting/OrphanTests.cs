using System.Diagnostics;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Hosting;

/// <summary>No job outlives the process that runs it, whatever becomes of that.</summary>
public sealed class OrphanTests
{
    private const int Trees = 50;
    private const int ProcessesPerTree = 4;

    [Fact]
    public async Task After_kill_9_nothing_is_left_of_fifty_trees()
    {
        using var host = new HostProcess($"exec $HOST trees {Trees}");
        var (marker, reaper) = await host.WaitUntilReadyAsync();
        await Eventually.TrueAsync(() => Marked(marker).Count >= Trees * ProcessesPerTree, "all trees have grown");

        host.Kill();

        await Eventually.TrueAsync(() => Marked(marker).Count == 0, "the reaper has killed all");
        await Eventually.TrueAsync(() => !IsRunning(reaper), "the reaper has gone as well");
    }

    [Fact]
    public async Task After_a_clean_stop_nothing_is_left()
    {
        using var host = new HostProcess("exec $HOST trees 3");
        var (marker, reaper) = await host.WaitUntilReadyAsync();

        await host.TerminateAsync();

        Assert.Empty(Marked(marker));
        Assert.False(IsRunning(reaper));
    }

    [Fact]
    public async Task The_jobs_of_a_frozen_host_die_within_the_limit_and_a_thawed_one_has_a_new_reaper()
    {
        using var host = new HostProcess("exec $HOST trees 3 --fenced");
        var (marker, reaper) = await host.WaitUntilReadyAsync();
        await Eventually.TrueAsync(() => Marked(marker).Count >= 3 * ProcessesPerTree, "all trees have grown");

        var clock = Stopwatch.StartNew();
        await host.SignalAsync("STOP");
        await Eventually.TrueAsync(() => Marked(marker).Count == 0, "the reaper has killed all");
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(2.75));

        await host.SignalAsync("CONT");
        var again = "";
        while (!again.StartsWith("reaper ", StringComparison.Ordinal)) again = await host.ReadLineAsync();
        Assert.NotEqual($"reaper {reaper}", again);
    }

    [Fact]
    public async Task The_jobs_of_a_frozen_host_that_is_not_fenced_go_on()
    {
        using var host = new HostProcess("exec $HOST trees 1");
        var (marker, _) = await host.WaitUntilReadyAsync();
        await Eventually.TrueAsync(() => Marked(marker).Count >= ProcessesPerTree, "the tree has grown");

        await host.SignalAsync("STOP");
        await Task.Delay(TimeSpan.FromSeconds(3));

        Assert.NotEmpty(Marked(marker));
        await host.SignalAsync("CONT");
    }

    [Fact]
    public async Task The_reaper_is_deaf_to_the_signals_of_a_terminal_and_of_a_service_manager()
    {
        using var host = new HostProcess("exec $HOST trees 3");
        var (marker, reaper) = await host.WaitUntilReadyAsync();

        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -HUP {reaper}; kill -INT {reaper}; kill -QUIT {reaper}; kill -TERM {reaper}"]))
            await kill.WaitForExitAsync();
        host.Kill();

        await Eventually.TrueAsync(() => Marked(marker).Count == 0, "the reaper has killed all");
    }

    [Fact]
    public async Task What_a_dead_reaper_could_not_kill_the_next_silo_does()
    {
        using var host = new HostProcess("exec $HOST trees 3");
        var (marker, reaper) = await host.WaitUntilReadyAsync();
        using (var bystander = Process.GetProcessById(reaper)) bystander.Kill();
        host.Kill();
        await Eventually.TrueAsync(() => !IsRunning(reaper), "the reaper has gone");
        Assert.NotEmpty(Marked(marker));

        using var next = new HostProcess("exec $HOST trees 1");
        await next.WaitUntilReadyAsync();

        Assert.Empty(Marked(marker));
    }

    [Theory]
    [InlineData("exec $HOST codes")]
    [InlineData("exec $HOST codes --no-descriptors")]
    [InlineData("exec env --ignore-signal=CHLD $HOST codes")]
    [InlineData("exec env --ignore-signal=CHLD $HOST codes --no-descriptors")]
    public async Task Exit_codes_are_right_in_odd_surroundings(string command)
    {
        using var host = new HostProcess(command);

        Assert.Equal("0 1 2 3 4", await host.ReadLineAsync());
    }

    private static IReadOnlyList<int> Marked(string silo) =>
        ProcessTable.Find(new MarkerSet([new Dictionary<string, string> { ["SCHEDULER_SILO"] = silo }]).Matches);

    private static bool IsRunning(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
