using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Plugins.Processes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// Keeps a small shell beside this silo that kills all its jobs when the silo ends, by whatever cause, or is frozen for longer than a
/// limit. It holds a pipe that the kernel closes, and sleeps until the last sign of life lapses. Costs nothing per job.
/// </summary>
/// <remarks>
/// Register it before whatever runs jobs, so that it starts earlier and is let go later. A job escapes that clears its environment
/// and leaves its session; a container or a cgroup is the only complete fence.
/// </remarks>
/// <param name="silo">What the jobs carry.</param>
/// <param name="fence">Is told when a reaper watches and when it has ended.</param>
/// <param name="limit">How long this process may be frozen; null for as long as it likes.</param>
/// <param name="rejoin">
/// Completes when this process may run jobs again after it was frozen for longer. Others may have taken its work over by then, and it is
/// the last to hear of that.
/// </param>
/// <param name="clock">For pauses.</param>
/// <param name="logger">Hears of lost reapers.</param>
internal sealed partial class ProcessReaper(
    SiloMarker silo, JobFence fence, TimeSpan? limit, Func<CancellationToken, Task> rejoin, TimeProvider clock, ILogger<ProcessReaper> logger)
    : BackgroundService
{
    private const int BeatsPerLimit = 8;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);
    private static readonly string s_script = ReadScript();

    private readonly ManualResetEvent _isLeaving = new(initialState: false);
    private Thread? _beating;
    private Companion? _companion;

    /// <summary>The process number of the shell; null while there is none.</summary>
    public int? Pid => _companion?.Pid;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _companion = TryStart();
        if (limit is { } silence)
        {
            _beating = new Thread(() => Beat(silence / BeatsPerLimit)) { Name = "sign of life", IsBackground = true };
            _beating.Start();
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Lets the reaper do its work, which at a clean stop means to find nobody.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _isLeaving.Set();
        if (_companion is not { } companion) return;

        companion.Release();
        await companion.Exited.WaitAsync(s_farewell, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (companion.Exited.IsCompleted) companion.Dispose();
        fence.Fall();
    }

    public override void Dispose()
    {
        _isLeaving.Set();
        _beating?.Join();
        _isLeaving.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = s_firstPause; ; pause = _companion is null && pause * 2 < s_longestPause ? pause * 2 : s_firstPause)
        {
            var hasStruck = false;
            if (_companion is { } companion)
            {
                await companion.Exited.WaitAsync(stoppingToken);
                hasStruck = fence.Fall();
                if (hasStruck) LogStruck();
                else LogLost(companion.Pid);
                companion.Dispose();
            }

            await (hasStruck ? rejoin(stoppingToken) : Task.Delay(pause, clock, stoppingToken));
            _companion = TryStart();
        }
    }

    /// <summary>A reaper of whatever carries a variable with this value, written <c>NAME=value</c>.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="sign">File of a <see cref="LifeSign"/> it watches; null when only the end of this process counts.</param>
    /// <returns>The reaper, or why there is none.</returns>
    public static (Companion? Companion, string? Refusal) StartFor(string variable, string? sign = null)
    {
        var start = new ProcessStart
        {
            Program = "/bin/sh",
            Arguments = ["-c", s_script, "scheduler-reaper", variable, sign ?? ""],
            Directory = "/",
            Marker = new Dictionary<string, string>(),
        };
        return Companion.Start(start);
    }

    private Companion? TryStart()
    {
        var sign = limit is { } silence ? new LifeSign(silence) : null;
        var (companion, refusal) = StartFor($"{SiloMarker.Variable}={silo}", sign?.FilePath);
        if (refusal is null)
        {
            fence.Stand(sign);
            return companion;
        }

        sign?.Dispose();
        LogRefused(refusal);
        return null;
    }

    /// <summary>
    /// On a thread and a timer of its own: neither a starved thread pool nor a busy machine may kill jobs, but whatever stops the process
    /// as a whole stops this.
    /// </summary>
    private void Beat(TimeSpan pause)
    {
        while (!_isLeaving.WaitOne(pause)) fence.Beat();
    }

    private static string ReadScript()
    {
        using var stream = typeof(ProcessReaper).Assembly.GetManifestResourceStream("reaper.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
