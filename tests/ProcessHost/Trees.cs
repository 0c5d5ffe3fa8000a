using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.ProcessHost;

/// <summary>
/// Runs jobs that never end, each with children in other sessions, until it is stopped or killed. Prints its marker and the number
/// of the reaper when all of them run, and the number of the next reaper when there is one.
/// </summary>
internal static class Trees
{
    private const string Script =
        "setsid sh -c 'trap \"\" TERM; sleep 1000 & sleep 1000' & (setsid sleep 1000 >/dev/null 2>&1 &); echo started; exec sleep 1000";

    public static async Task<int> RunAsync(int count, bool isFenced)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddJobProcesses(isFenced ? (_, _) => Task.CompletedTask : null);
        using var host = builder.Build();
        await host.StartAsync();

        var silo = host.Services.GetRequiredService<SiloMarker>();
        var markers = host.Services.GetRequiredService<ProcessMarkers>();
        var log = new StartedLog(count);
        for (var i = 0; i < count; i++)
        {
            var start = new ProcessStart
            {
                Program = "/bin/sh",
                Arguments = ["-c", Script],
                Directory = "/",
                Marker = markers.For(new AttemptId(i, 0, 1), gate: null),
            };
            _ = AttemptProcess.RunAsync(start, log, new ProcessOptions(), grace: null, CancellationToken.None);
        }

        await log.AllStarted;
        var reaper = host.Services.GetServices<IHostedService>().OfType<ProcessReaper>().Single();
        await Console.Out.WriteLineAsync($"ready {silo} {reaper.Pid}");
        _ = ReportAsync(reaper);
        await host.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Says when another reaper has taken the place of the first.</summary>
    private static async Task ReportAsync(ProcessReaper reaper)
    {
        var first = reaper.Pid;
        while (reaper.Pid == first || reaper.Pid is null) await Task.Delay(TimeSpan.FromMilliseconds(20));
        await Console.Out.WriteLineAsync($"reaper {reaper.Pid}");
    }

    private sealed class StartedLog(int count) : NodeLog
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _started;

        public Task AllStarted => _all.Task;

        public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _started) == count) _all.SetResult();
            return ValueTask.CompletedTask;
        }
    }
}
