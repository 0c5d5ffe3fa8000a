using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Torture.Faults;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>
/// Silos as processes, each with its own folder and its own way to the database. Whatever way this process ends, everything of the
/// run ends with it.
/// </summary>
internal sealed class TortureCluster : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly Companion reaper;
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient http = new() { Timeout = ReadyPatience };
    private readonly SiloProgram program;
    private readonly TimeProvider clock;

    private TortureCluster(TortureOrder order, string folder, TortureDatabase database, FixedPorts ports, Narrator narrator, TimeProvider clock)
    {
        (Database, this.clock) = (database, clock);
        program = new SiloProgram(Guid.NewGuid().ToString("N"), RandomNumberGenerator.GetHexString(32));
        var (companion, refusal) = ProcessReaper.StartFor($"{SiloProgram.RunVariable}={program.Run}");
        reaper = companion ?? throw new TortureImpossibleException($"There is no reaper process: {refusal}");

        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var host = settings.Host ?? "127.0.0.1";
        if (!IsSocket(host)) Proxies = [.. Enumerable.Range(0, order.Silos).Select(_ => new DatabaseProxy(host, settings.Port))];
        Silos = [.. Enumerable.Range(0, order.Silos).Select(index =>
            new TortureSilo(PlaceOf(index, folder, settings, ports), program, http, narrator, clock))];
    }

    public TortureDatabase Database { get; }

    public IReadOnlyList<TortureSilo> Silos { get; }

    /// <summary>By silo; empty when the database is reached through a file.</summary>
    public IReadOnlyList<DatabaseProxy> Proxies { get; } = [];

    public IReadOnlyList<Uri> Urls => [.. Silos.Select(silo => silo.Place.Url)];

    /// <summary>Of the administrator.</summary>
    public string Password => program.Password;

    /// <summary>Starts the database where it is the run's own, and prepares the silos.</summary>
    /// <exception cref="TortureImpossibleException">The database cannot be used.</exception>
    public static async Task<TortureCluster> CreateAsync(
        TortureOrder order, string folder, Narrator narrator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var ports = new FixedPorts();
        var server = order.Database is null
            ? await ThrowAwayPostgreSql.StartAsync(PostgreSqlPrograms.Find(order.PostgreSqlFolder), ports.Take())
            : null;
        var database = new TortureDatabase(order.Database ?? server!.ConnectionString, server);
        try
        {
            await database.CheckEmptyAsync(cancellationToken);
            return new TortureCluster(order, folder, database, ports, narrator, clock);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>What can be done to it, of what was ordered.</summary>
    public static IReadOnlyList<FaultKind> PossibleFaults(TortureOrder order) =>
    [
        .. order.Faults.Where(kind => kind switch
        {
            FaultKind.DatabaseRestart => order.Database is null,
            _ when kind.NeedsProxy() => order.Database is null || !IsSocket(new NpgsqlConnectionStringBuilder(order.Database).Host ?? ""),
            _ => !kind.HitsProcess() || order.Silos > 1,
        }),
    ];

    /// <summary>Starts the silos, and keeps each up until it is stopped for good.</summary>
    public void Start()
    {
        foreach (var silo in Silos) silo.Start(stopping.Token);
    }

    /// <returns>The silos that are not working when patience ends.</returns>
    public async Task<IReadOnlyList<TortureSilo>> WaitUntilUpAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (Silos.Any(silo => !silo.IsUp) && clock.GetElapsedTime(start) < patience) await Task.Delay(PauseBetweenLooks, clock, cancellationToken);
        return [.. Silos.Where(silo => !silo.IsUp)];
    }

    /// <summary>SIGTERM for all, one after the other: the last ones take over from the first.</summary>
    public async Task StopAsync()
    {
        foreach (var silo in Silos) await silo.StopAsync();
    }

    /// <summary>Processes of the run that are there, in words.</summary>
    public IReadOnlyList<string> FindProcesses()
    {
        var mark = Encoding.UTF8.GetBytes($"{SiloProgram.RunVariable}={program.Run}");
        return [.. ProcessTable.Find(environment => environment.IndexOf(mark) >= 0).Select(Describe)];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        reaper.Release();
        await reaper.Exited;
        reaper.Dispose();
        foreach (var proxy in Proxies) await proxy.DisposeAsync();
        await Database.DisposeAsync();
        http.Dispose();
        stopping.Dispose();
    }

    private static string Describe(int pid)
    {
        try
        {
            return $"process {pid}: {File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ')}";
        }
        catch (IOException)
        {
            return $"process {pid}, which has just ended";
        }
    }

    private SiloPlace PlaceOf(int index, string folder, NpgsqlConnectionStringBuilder database, FixedPorts ports)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, $"silo-{index + 1}")).FullName;
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        if (Proxies.Count > 0) (settings.Host, settings.Port) = ("127.0.0.1", Proxies[index].Port);
        return new SiloPlace(
            index, own, Path.Combine(folder, $"silo-{index + 1}.log"), new Uri($"http://127.0.0.1:{ports.Take()}"), ports.Take(), settings.ConnectionString);
    }

    private static bool IsSocket(string host) => host.StartsWith('/');
}
