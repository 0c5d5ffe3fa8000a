using System.Diagnostics;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Cases;

/// <summary>What costs a process: shell nodes, and starting the program itself.</summary>
internal static class ProcessCases
{
    /// <summary><c>/bin/sh -c true</c> as nodes, two at a time, against bare spawning.</summary>
    public static async Task ShellAsync(Bench bench)
    {
        var count = bench.IsQuick ? 50 : 1_000;
        await using var host = await bench.StartHostAsync(slots: 2);
        var project = await host.UploadAsync(Shapes.Parallel(count, "command", """{ command: "/bin/sh -c true" }"""));

        var rates = new List<double>();
        var bare = new List<double>();
        var xargs = new List<double>();
        await bench.RepeatAsync(async () =>
        {
            bare.Add(await Baselines.CliWrapSpawnsAsync(count));
            xargs.Add(await Baselines.XargsSpawnsAsync(count));
            var clock = Stopwatch.StartNew();
            await host.WaitAsync(await host.SubmitAsync(project));
            rates.Add(count / clock.Elapsed.TotalSeconds);
            return 0;
        });

        bench.Add("shell", rates.Median(), "nodes/s", bare.Median(), Target.RatioAtLeast(0.9, "bare CliWrap at 2"));
        bench.Add("shell-xargs", rates.Median(), "nodes/s", xargs.Median(), Target.RatioAtLeast(0.68, "xargs -P2"));
    }

    /// <summary>From starting <c>scheduler serve</c> on an existing database to ready, and a whole <c>scheduler run</c>.</summary>
    public static async Task ColdStartAsync(Bench bench)
    {
        var database = await bench.Store.NewDatabaseAsync();
        var data = Path.Combine(bench.Folder, "cold");
        await SchedulerProcess.StartAndStopAsync(data, database);

        var starts = await bench.RepeatAsync(() => SchedulerProcess.StartAndStopAsync(data, database));
        bench.Add("coldstart-serve", starts.Median(), "s", target: Target.AtMost(3, "s"));
        if (database is not null) return;

        var package = Path.Combine(bench.Folder, "one.zip");
        await File.WriteAllBytesAsync(package, Shapes.Chain(1, "noop"));
        var runs = await bench.RepeatAsync(() => SchedulerProcess.RunPackageAsync(package));
        bench.Add("coldstart-run", runs.Median(), "s", target: Target.AtMost(1.5, "s"));
    }
}
