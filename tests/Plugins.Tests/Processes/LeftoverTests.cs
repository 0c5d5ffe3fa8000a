using System.Diagnostics;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

/// <summary>The main process has ended by itself and has left others behind.</summary>
public sealed class LeftoverTests
{
    private readonly Attempt _attempt = new();

    [Theory]
    [InlineData("sleep 1000 & exit 4")]
    [InlineData("sleep 1000 >/dev/null 2>&1 & exit 4")]
    [InlineData("nohup sleep 1000 & exit 4")]
    [InlineData("setsid sleep 1000 & exit 4")]
    [InlineData("(( trap '' TERM; sleep 1000 & ) & ); exit 4")]
    [InlineData("setsid bash -c 'trap \"\" TERM; sleep 1000' & exit 4")]
    public async Task They_are_ended_and_the_result_of_the_main_process_stands(string script)
    {
        Assert.Equal(new ProcessEnding.Exited(4, null), await _attempt.BashAsync(script));

        Assert.Empty(_attempt.Survivors);
        Assert.Contains(_attempt.Log.Lines, line => line.StartsWith("Warn: Ended 1 process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_daemon_that_left_no_trace_is_found_soon_after()
    {
        Assert.Equal(new ProcessEnding.Exited(0, null), await _attempt.BashAsync("setsid sleep 1000 >/dev/null 2>&1 </dev/null & exit 0"));
        AttemptProcess.Leave(_attempt.Marker, _attempt.Options);

        await Eventually.TrueAsync(() => _attempt.Survivors.Count == 0, "the daemon has gone");
    }

    [Fact]
    public async Task A_filter_may_write_what_it_still_has()
    {
        _attempt.Options.LeftoverLinger = TimeSpan.FromSeconds(10);

        await _attempt.BashAsync("exec > >(sleep 0.3; sed 's/^/filtered: /'); echo last words");

        Assert.Equal("filtered: last words\n", _attempt.Log.Text);
        Assert.Empty(_attempt.Log.Lines);
    }

    [Fact]
    public async Task A_stranger_that_holds_the_output_does_not_hold_the_attempt()
    {
        var watch = Stopwatch.StartNew();

        await _attempt.BashAsync("env -i setsid sleep 60 & echo $!");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        using var stranger = Process.GetProcessById(int.Parse(_attempt.Log.Text));
        stranger.Kill();
    }

    [Fact]
    public async Task A_stranger_that_floods_the_output_does_not_hold_the_attempt()
    {
        _attempt.Log.Capacity = 1000;

        await _attempt.BashAsync("env -i setsid sh -c 'echo $$; exec yes' & sleep 0.3");

        var stranger = _attempt.Log.Text.Split('\n')[0];
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{stranger}"), "SIGPIPE has ended it, as nobody reads any more");
    }
}
