using System.Diagnostics;

namespace Scheduler.Benchmarks.Peer;

/// <summary>Submissions 25 to 75 ms apart, whether or not earlier ones have ended; the same sequence for every engine.</summary>
internal static class OpenLoop
{
    public static async Task RunAsync(int count, Func<Task> submitAsync)
    {
        var seed = 12_345L;
        var clock = Stopwatch.StartNew();
        var next = 0.0;
        var all = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var wait = next - clock.Elapsed.TotalMilliseconds;
            if (wait > 1) await Task.Delay((int)wait);
            all.Add(Task.Run(submitAsync));

            // The generator every peer of the comparison uses.
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            next += 25 + 50 * (seed / 2_147_483_648.0);
        }

        await Task.WhenAll(all);
    }
}
