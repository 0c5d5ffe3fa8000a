using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>
/// A silo over all its processes. Like the supervisor of a server it starts the next one whenever one has ended, by whatever cause,
/// and not before the time it is to stay away.
/// </summary>
internal sealed class TortureSilo(SiloPlace place, SiloProgram program, HttpClient http, Narrator narrator, TimeProvider clock)
{
    /// <summary>Above what a silo allows itself for its stop.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestAbsence = TimeSpan.FromMilliseconds(500);

    private readonly List<SiloLife> lives = [];
    private volatile SiloProcess? current;
    private TimeSpan absence = ShortestAbsence;
    private volatile bool isLeaving;
    private Task supervising = Task.CompletedTask;

    public SiloPlace Place => place;

    public string Name => $"silo {place.Index + 1}";

    /// <summary>Its ended processes.</summary>
    public IReadOnlyList<SiloLife> Lives
    {
        get
        {
            lock (lives) return [.. lives];
        }
    }

    public bool IsUp => current?.IsUp == true;

    /// <summary>Starts it, and keeps it up until it is stopped for good.</summary>
    public void Start(CancellationToken cancellationToken) => supervising = SuperviseAsync(cancellationToken);

    public async Task KillAsync(TimeSpan stayAway)
    {
        if (current is not { } process) return;
        absence = stayAway;
        process.Kill();
        await process.Exited;
    }

    public async Task TerminateAsync(TimeSpan stayAway)
    {
        if (current is not { } process) return;
        absence = stayAway;
        await process.TerminateAsync(StopPatience);
    }

    public Task FreezeAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        current is { } process ? process.FreezeAsync(duration, cancellationToken) : Task.CompletedTask;

    /// <summary>SIGTERM, for good.</summary>
    public async Task StopAsync()
    {
        isLeaving = true;
        await TerminateAsync(TimeSpan.Zero);
        await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        while (!isLeaving)
        {
            using var process = new SiloProcess(place, program, clock);
            current = process;
            await process.WaitUntilReadyAsync(http, cancellationToken);
            if (process.WasReady) narrator.Say($"{Name} is ready (process {process.Pid})");

            await process.Exited.WaitAsync(cancellationToken);
            current = null;
            Keep(process.ToLife());
            if (!isLeaving) await Task.Delay(absence > ShortestAbsence ? absence : ShortestAbsence, clock, cancellationToken);
            absence = ShortestAbsence;
        }
    }

    private void Keep(SiloLife life)
    {
        lock (lives) lives.Add(life);
        if (life.End == LifeEnd.ByItself) narrator.Say($"{Name} ended by itself with exit code {life.ExitCode} (process {life.Pid})");
    }
}
