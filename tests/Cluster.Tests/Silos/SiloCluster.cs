using System.Text;
using Npgsql;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Silos;

/// <summary>Several real silo processes on one PostgreSQL database, and what their jobs leave in a common file.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly List<SchedulerServer> silos = [];
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string folder = Directory.CreateTempSubdirectory("scheduler-cluster-").FullName;

    private SiloCluster(string connectionString, IReadOnlyDictionary<string, string> environment)
    {
        ConnectionString = connectionString;
        this.environment = environment;
    }

    public IReadOnlyList<SchedulerServer> Silos => silos;

    public string ConnectionString { get; }

    /// <summary>Lines that jobs append: who, when, what.</summary>
    public string Ledger => Path.Combine(folder, "ledger");

    /// <param name="count">How many silos.</param>
    /// <param name="options">Environment variables of all of them.</param>
    public static async Task<SiloCluster> StartAsync(int count, params (string Name, string Value)[] options)
    {
        var server = await PostgreSqlServer.SharedAsync();
        var environment = options.ToDictionary(option => $"SCHEDULER_{option.Name}", option => option.Value);
        var cluster = new SiloCluster(await server.CreateDatabaseAsync(), environment);
        for (var silo = 0; silo < count; silo++) await cluster.AddAsync();
        return cluster;
    }

    public Task<SchedulerServer> AddAsync(params string[] arguments) => AddWithAsync([], arguments);

    /// <summary>Adds a silo with options of its own.</summary>
    public async Task<SchedulerServer> AddWithAsync((string Name, string Value)[] options, params string[] arguments)
    {
        var own = options.ToDictionary(option => $"SCHEDULER_{option.Name}", option => option.Value);
        var silo = await SchedulerServer.StartAsync(
            ["--database", ConnectionString, .. arguments], environment.Concat(own).ToDictionary());
        silos.Add(silo);
        return silo;
    }

    /// <summary>Uploads a package of one workflow with this many parallel shell jobs, all the same.</summary>
    /// <param name="client">Logged in somewhere.</param>
    /// <param name="name">Of project and workflow.</param>
    /// <param name="jobs">How many.</param>
    /// <param name="script">One line for <c>sh -c</c>, without quotes.</param>
    /// <param name="config">Further settings of each node, such as <c>worker.pool: p</c>.</param>
    public static async Task UploadParallelAsync(AzkabanClient client, string name, int jobs, string script, string config = "")
    {
        var flow = new StringBuilder("nodes:\n");
        for (var job = 0; job < jobs; job++)
            flow.Append($"  - {{ name: n{job}, type: command, config: {{ command: \"sh -c '{script}'\"{config} }} }}\n");

        await client.CreateProjectAsync(name);
        await client.UploadAsync(name, Zip.Of(($"{name}.project", "azkaban-flow-version: 2.0\n"), ($"{name}.flow", flow.ToString())));
    }

    /// <summary>How many nodes of the execution are in this status, as Azkaban names it.</summary>
    public static async Task<int> CountAsync(AzkabanClient client, int execution, string status) =>
        (await client.FetchAsync(execution))["nodes"]!.AsArray().Count(node => (string)node!["status"]! == status);

    public async Task<T> QueryAsync<T>(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The name under which the current life of a silo owns executions.</summary>
    public Task<string> OwnerOfAsync(SchedulerServer silo)
    {
        var port = File.ReadAllText(Path.Combine(silo.Data, "silo-port")).Trim();
        return QueryAsync<string>(
            $"SELECT address || ':' || port || '@' || generation FROM OrleansMembershipTable WHERE port = {port} AND status = 3");
    }

    /// <summary>Jobs that are children of this process.</summary>
    public static int CountJobsOf(SchedulerServer silo) => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _))
        .Count(path => IsChildOf(path, silo.ProcessId) && ReadCommand(path).StartsWith("sh -c", StringComparison.Ordinal));

    /// <summary>Commands of jobs that still run and name the cluster's folder.</summary>
    public List<string> FindJobs() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Select(ReadCommand)
            .Where(command => command.Contains(folder, StringComparison.Ordinal)),
    ];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(silos.Select(silo => silo.DisposeAsync().AsTask()));
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsChildOf(string process, int parent)
    {
        try
        {
            return File.ReadLines(Path.Combine(process, "status")).Any(line => line == $"PPid:\t{parent}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string ReadCommand(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
