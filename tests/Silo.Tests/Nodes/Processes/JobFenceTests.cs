using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Nodes.Processes;

/// <summary>Jobs of a silent silo die by the reaper, and their attempts are lost, not failed.</summary>
public sealed class JobFenceTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(600);

    private readonly JobFence fence = new();

    public void Dispose() => fence.Dispose();

    [Fact]
    public async Task A_sign_that_lapses_kills_the_jobs_and_says_so_before()
    {
        var limit = TimeSpan.FromSeconds(3);
        using var sign = new LifeSign(limit);
        var variable = $"JOB_FENCE_TEST={Guid.NewGuid():N}";
        using var job = StartJob(variable);
        var (reaper, _) = ProcessReaper.StartFor(variable, sign.FilePath);
        using (reaper)
        {
            await Eventually.TrueAsync(() => Path.Exists($"/proc/{reaper!.Pid}/fd/4"));
            for (var beat = 0; beat < 12; beat++)
            {
                Assert.True(sign.TryRenew());
                await Task.Delay(limit / 10);
            }

            Assert.False(job.HasExited);
            Assert.False(sign.IsStruck);
            await job.WaitForExitAsync();

            Assert.Equal(128 + 9, job.ExitCode);
            Assert.True(sign.IsStruck);
            Assert.False(File.Exists(sign.FilePath), "no job starts that does not find it");
            Assert.False(sign.TryRenew());
            await reaper!.Exited;
        }
    }

    [Fact]
    public async Task A_reaper_that_is_killed_alone_leaves_no_watcher_behind()
    {
        using var sign = new LifeSign(Short);
        var variable = $"JOB_FENCE_TEST={Guid.NewGuid():N}";
        using var job = StartJob(variable);
        var (reaper, _) = ProcessReaper.StartFor(variable, sign.FilePath);
        using (reaper)
        {
            await Eventually.TrueAsync(() => Path.Exists($"/proc/{reaper!.Pid}/fd/4"));
            using (var process = Process.GetProcessById(reaper!.Pid)) process.Kill();
            await reaper.Exited;
        }

        await Task.Delay(Short * 3);
        Assert.False(sign.IsStruck);
        Assert.False(job.HasExited);
        job.Kill();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_attempt_under_a_strike_is_lost_whatever_it_says(bool hasSucceeded)
    {
        var sign = new LifeSign(Short);
        fence.Stand(sign);
        AttemptResult said = hasSucceeded
            ? new AttemptResult.Succeeded(new Dictionary<string, string>())
            : new AttemptResult.Failed("process.signal", "killed", CanRetry: true);

        var result = await fence.RunAsync(
            (gate, _) =>
            {
                Assert.Equal(sign.FilePath, gate);
                Strike(sign);
                return Task.FromResult(said);
            }, CancellationToken.None);

        Assert.IsType<AttemptResult.Lost>(result);
    }

    [Fact]
    public async Task A_strike_stops_what_runs_and_the_next_waits_for_a_new_reaper()
    {
        var sign = new LifeSign(Short);
        fence.Stand(sign);
        var first = fence.RunAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return new AttemptResult.Cancelled();
            }, CancellationToken.None);
        Strike(sign);
        Assert.True(fence.Fall());
        Assert.IsType<AttemptResult.Lost>(await first);

        var second = fence.RunAsync((_, _) => Task.FromResult(Success), CancellationToken.None);
        Assert.False(second.IsCompleted);
        fence.Stand(new LifeSign(Short));
        Assert.Same(Success, await second);
    }

    [Fact]
    public async Task Nothing_begins_after_a_silence_that_was_too_long_even_before_anybody_has_noticed_it()
    {
        var sign = new LifeSign(Short);
        fence.Stand(sign);
        await Eventually.TrueAsync(() => sign.HasLapsed);

        var attempt = fence.RunAsync((_, _) => Task.FromResult(Success), CancellationToken.None);
        Assert.False(attempt.IsCompleted);

        fence.Fall();
        fence.Stand(new LifeSign(TimeSpan.FromMinutes(1)));
        Assert.Same(Success, await attempt);
    }

    [Fact]
    public async Task A_strike_of_a_later_reaper_counts_for_what_began_under_an_earlier_one()
    {
        fence.Stand(new LifeSign(Short));
        var end = new TaskCompletionSource<AttemptResult>();
        var attempt = fence.RunAsync((_, _) => end.Task, CancellationToken.None);
        Assert.False(fence.Fall());
        var sign = new LifeSign(Short);
        fence.Stand(sign);
        Strike(sign);
        fence.Fall();
        fence.Stand(new LifeSign(Short));

        end.SetResult(Success);

        Assert.IsType<AttemptResult.Lost>(await attempt);
    }

    [Fact]
    public async Task A_reaper_that_ends_without_a_strike_costs_no_attempt()
    {
        fence.Stand(new LifeSign(Short));
        var end = new TaskCompletionSource<AttemptResult>();
        var attempt = fence.RunAsync((_, _) => end.Task, CancellationToken.None);
        Assert.False(fence.Fall());

        end.SetResult(Success);

        Assert.Same(Success, await attempt);
    }

    [Fact]
    public async Task What_waits_for_a_reaper_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var attempt = fence.RunAsync((_, _) => Task.FromResult(Success), stop.Token);

        await stop.CancelAsync();

        Assert.IsType<AttemptResult.Cancelled>(await attempt);
    }

    [Fact]
    public async Task A_starved_thread_pool_kills_nobody()
    {
        var marker = SiloMarker.ForThisProcess();
        using var reaper = new ProcessReaper(marker, fence, Short, _ => Task.CompletedTask, TimeProvider.System, NullLogger<ProcessReaper>.Instance);
        await reaper.StartAsync(CancellationToken.None);
        using var job = StartJob($"{SiloMarker.Variable}={marker}");
        using var over = new ManualResetEvent(initialState: false);

        var blocked = Enumerable.Range(0, Environment.ProcessorCount * 20).Select(_ => Task.Run(() => over.WaitOne(Short * 4))).ToList();
        await Task.WhenAll(blocked);

        Assert.False(job.HasExited);
        await reaper.StopAsync(CancellationToken.None);
        await job.WaitForExitAsync();
    }

    private static AttemptResult Success { get; } = new AttemptResult.Succeeded(new Dictionary<string, string>());

    /// <summary>What the script writes.</summary>
    private static void Strike(LifeSign sign) => File.AppendAllText(sign.FilePath, "struck\n");

    private static Process StartJob(string variable)
    {
        var start = new ProcessStartInfo("sleep", ["60"]);
        start.Environment[variable[..variable.IndexOf('=', StringComparison.Ordinal)]] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return Process.Start(start)!;
    }
}
