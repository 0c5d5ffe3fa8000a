using System.Diagnostics;
using System.Net;
using System.Text;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>One process of a silo, and what has been done to it.</summary>
internal sealed class SiloProcess : IDisposable
{
    private const int Destroy = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Halt = 19;
    private const int LastWords = 15;

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly Process process;
    private readonly SiloPlace place;
    private readonly byte[] mark;
    private readonly long logStart;
    private readonly TimeProvider clock;
    private readonly DateTimeOffset startedAt;
    private readonly long ticks;
    private readonly List<Freeze> freezes = [];
    private LifeEnd end;

    public SiloProcess(SiloPlace place, SiloProgram program, TimeProvider clock)
    {
        (this.place, this.clock) = (place, clock);
        var life = Guid.NewGuid().ToString("N");
        mark = Encoding.UTF8.GetBytes($"{SiloProgram.LifeVariable}={life}");
        logStart = File.Exists(place.LogFile) ? new FileInfo(place.LogFile).Length : 0;
        startedAt = clock.GetUtcNow();
        process = program.Start(place, life);
        ticks = SiloMarker.StartOf(process.Id) ?? 0;
        Exited = process.WaitForExitAsync();
    }

    public int Pid => process.Id;

    public Task Exited { get; }

    /// <summary>Set once it has answered that it is ready.</summary>
    public bool WasReady { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>True while it works, as far as can be seen from here.</summary>
    public bool IsUp => WasReady && !IsFrozen && end == LifeEnd.ByItself && !Exited.IsCompleted;

    /// <summary>Completes when it is ready or has ended.</summary>
    public async Task WaitUntilReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        while (!WasReady && !Exited.IsCompleted)
        {
            WasReady = await IsReadyAsync(http, place.Url, cancellationToken);
            if (!WasReady) await Task.Delay(PauseBetweenLooks, clock, cancellationToken);
        }
    }

    public static async Task<bool> IsReadyAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(url, "/readyz"), cancellationToken);
            return reply.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Kill()
    {
        end = LifeEnd.Killed;
        Signal(Destroy);
    }

    /// <summary>SIGTERM, and SIGKILL when it has not ended in time.</summary>
    public async Task TerminateAsync(TimeSpan patience)
    {
        end = LifeEnd.Terminated;
        Signal(Terminate);
        await Exited.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Exited.IsCompleted) return;

        end = LifeEnd.TerminatedInVain;
        Signal(Destroy);
        await Exited;
    }

    public async Task FreezeAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var from = clock.GetUtcNow();
        IsFrozen = true;
        Signal(Halt);
        try
        {
            await Task.Delay(duration, clock, cancellationToken);
        }
        finally
        {
            freezes.Add(new Freeze(from, clock.GetUtcNow()));
            Signal(Continue);
            IsFrozen = false;
        }
    }

    /// <summary>After it has ended.</summary>
    public SiloLife ToLife()
    {
        var lines = ReadLog();
        return new SiloLife
        {
            Silo = place.Index,
            Pid = process.Id,
            Ticks = ticks,
            StartedAt = startedAt,
            EndedAt = process.ExitTime.ToUniversalTime(),
            ExitCode = process.ExitCode,
            End = end,
            WasReady = WasReady,
            Freezes = [.. freezes],
            LogFile = place.LogFile,
            Cries = [.. lines.Where(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal))],
            LastWords = [.. lines.TakeLast(LastWords)],
        };
    }

    public void Dispose() => process.Dispose();

    /// <summary>What this process has printed; the ones before it wrote to the same file.</summary>
    private List<string> ReadLog()
    {
        using var file = new FileStream(place.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = logStart;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>By its mark, so that a process that has got its number meanwhile is never hit.</summary>
    private void Signal(int signal) => ProcessTable.Signal(environment => environment.IndexOf(mark) >= 0, signal);
}
