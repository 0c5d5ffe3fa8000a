using System.Diagnostics;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

public sealed class CancelTests
{
    private readonly Attempt _attempt = new();

    [Fact]
    public async Task A_job_may_tidy_up_and_its_last_words_are_kept()
    {
        await _attempt.CancelWhenReadyAsync("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");

        Assert.EndsWith("bye\n", _attempt.Log.Text, StringComparison.Ordinal);
        Assert.Empty(_attempt.Survivors);
    }

    [Fact]
    public async Task Each_process_is_asked_once()
    {
        await _attempt.CancelWhenReadyAsync("trap 'n=$((n+1))' TERM; echo ready; for i in $(seq 20); do sleep 0.05; done; echo asked $n; exit 0");

        Assert.Contains("asked 1\n", _attempt.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_does_not_listen_is_killed_when_the_grace_is_over()
    {
        _attempt.Options.KillGrace = TimeSpan.FromMilliseconds(400);
        var watch = Stopwatch.StartNew();

        await _attempt.CancelWhenReadyAsync("trap '' TERM; echo ready; while :; do sleep 1000; done");

        Assert.InRange(watch.Elapsed.TotalMilliseconds, 400, 10_000);
        Assert.Empty(_attempt.Survivors);
    }

    [Theory]
    [InlineData("sleep 1000 & sleep 1000 & echo ready; wait")]
    [InlineData("setsid sleep 1000 & echo ready; sleep 1000")]
    [InlineData("(setsid nohup sleep 1000 >/dev/null 2>&1 </dev/null &); (( sleep 1000 & ) & ); echo ready; sleep 1000")]
    [InlineData("setsid bash -c 'trap \"\" TERM HUP; (setsid sleep 1000 &); sleep 1000' & echo ready; sleep 1000")]
    [InlineData("for i in $(seq 30); do (setsid bash -c 'sleep 1000 & sleep 1000') & done; sleep 0.2; echo ready; wait")]
    public async Task Wherever_its_children_went_they_end_with_it(string script)
    {
        _attempt.Options.KillGrace = TimeSpan.FromMilliseconds(200);

        await _attempt.CancelWhenReadyAsync(script);

        Assert.Empty(_attempt.Survivors);
    }

    [Fact]
    public async Task Children_that_keep_forking_new_sessions_lose_the_race()
    {
        _attempt.Options.KillGrace = TimeSpan.FromMilliseconds(100);
        const string Fork = "trap '' TERM; f() { n=$1; [ $n -gt 60 ] && exec sleep 1000; setsid bash -c \"$(declare -f f); trap '' TERM; f $((n+1))\" & f2=$!; sleep 0.02; setsid bash -c \"$(declare -f f); trap '' TERM; f $((n+30))\" & wait; }";

        await _attempt.CancelWhenReadyAsync(Fork + "; echo ready; f 1");

        Assert.Empty(_attempt.Survivors);
    }

    [Fact]
    public async Task A_member_of_the_group_without_environment_is_killed_with_the_group()
    {
        _attempt.Options.KillGrace = TimeSpan.FromMilliseconds(100);

        await _attempt.CancelWhenReadyAsync("env -i /bin/sh -c 'sleep 1000' & echo pid $!; echo ready; sleep 1000");

        var pid = _attempt.Log.Text.Split("pid ")[1].Split('\n')[0];
        await Eventually.TrueAsync(() => !IsRunning(pid), $"process {pid} has gone");
    }

    [Fact]
    public async Task A_request_before_the_start_starts_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _attempt.ShAsync("echo started", new CancellationToken(canceled: true)));

        Assert.Empty(_attempt.Log.Text);
    }

    [Fact]
    public async Task A_request_after_the_end_changes_nothing()
    {
        using var stop = new CancellationTokenSource();
        _attempt.Options.LeftoverLinger = TimeSpan.FromSeconds(20);

        var run = _attempt.ShAsync("sleep 1000 & echo ready; exit 3", stop.Token);
        await Eventually.TrueAsync(() => _attempt.Survivors.Count == 1 && _attempt.Log.Text.Length > 0, "only the background is left");
        await stop.CancelAsync();

        Assert.Equal(new Plugins.Processes.ProcessEnding.Exited(3, null), await run);
        Assert.Empty(_attempt.Survivors);
    }

    private static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
}
