using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Tests.Nodes.Processes;

public sealed class ProcessReaperTests
{
    [Fact]
    public async Task A_reaper_that_is_killed_is_replaced()
    {
        using var reaper = new ProcessReaper(
            SiloMarker.ForThisProcess(), new JobFence(), limit: null, _ => Task.CompletedTask, TimeProvider.System, NullLogger<ProcessReaper>.Instance);
        await reaper.StartAsync(CancellationToken.None);
        var first = reaper.Pid!.Value;

        using (var process = Process.GetProcessById(first)) process.Kill();
        var watch = Stopwatch.StartNew();
        while (reaper.Pid == first)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "another reaper has been started");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        var second = reaper.Pid!.Value;
        Assert.True(Directory.Exists($"/proc/{second}"));
        await reaper.StopAsync(CancellationToken.None);
        Assert.False(Directory.Exists($"/proc/{second}"));
    }
}
