using System.Diagnostics;

namespace Scheduler.Api.Tests.Host;

/// <summary>Waits for what another process or connection does.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task HoldsAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(20))
            if (watch.Elapsed > Deadline)
                Assert.Fail("It did not happen in time.");
    }
}
