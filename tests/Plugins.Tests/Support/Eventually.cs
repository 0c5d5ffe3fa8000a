using System.Diagnostics;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>Waits for what real processes do, with a deadline.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string expectation, int seconds = 20)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {expectation}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
