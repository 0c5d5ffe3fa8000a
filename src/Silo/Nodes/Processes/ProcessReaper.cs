using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Plugins.Processes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// Keeps a small shell beside this silo that kills all its jobs when the silo ends, by whatever cause: it holds a pipe that the
/// kernel closes. Costs nothing per job.
/// </summary>
/// <remarks>
/// Register it before whatever runs jobs, so that it starts earlier and is let go later. A job escapes that clears its environment
/// and leaves its session; a container or a cgroup is the only complete fence.
/// </remarks>
internal sealed partial class ProcessReaper(SiloMarker silo, TimeProvider clock, ILogger<ProcessReaper> logger) : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);
    private static readonly string s_script = ReadScript();

    private Companion? _companion;

    /// <summary>The process number of the shell; null while there is none.</summary>
    public int? Pid => _companion?.Pid;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _companion = TryStart();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Lets the reaper do its work, which at a clean stop means to find nobody.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_companion is not { } companion) return;

        companion.Release();
        await companion.Exited.WaitAsync(s_farewell, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (companion.Exited.IsCompleted) companion.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = s_firstPause; ; pause = _companion is null && pause * 2 < s_longestPause ? pause * 2 : s_firstPause)
        {
            if (_companion is { } companion)
            {
                await companion.Exited.WaitAsync(stoppingToken);
                LogLost(companion.Pid);
                companion.Dispose();
            }

            await Task.Delay(pause, clock, stoppingToken);
            _companion = TryStart();
        }
    }

    /// <summary>A reaper of whatever carries a variable with this value, written <c>NAME=value</c>.</summary>
    /// <returns>The reaper, or why there is none.</returns>
    public static (Companion? Companion, string? Refusal) StartFor(string variable)
    {
        var start = new ProcessStart
        {
            Program = "/bin/sh",
            Arguments = ["-c", s_script, "scheduler-reaper", variable],
            Directory = "/",
            Marker = new Dictionary<string, string>(),
        };
        return Companion.Start(start);
    }

    private Companion? TryStart()
    {
        var (companion, refusal) = StartFor($"{SiloMarker.Variable}={silo}");
        if (refusal is not null) LogRefused(refusal);
        return companion;
    }

    private static string ReadScript()
    {
        using var stream = typeof(ProcessReaper).Assembly.GetManifestResourceStream("reaper.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
