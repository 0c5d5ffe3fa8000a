using System.Net;
using Scheduler.Cluster.Tests.Cli;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Silos;

/// <summary>A process that only answers HTTP, and others that only run executions.</summary>
public sealed class RolesTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_submitted_at_an_api_node_runs_on_the_silos_and_survives_one_of_them()
    {
        await using var cluster = await SiloCluster.StartAsync(0, ("Engine__MaxLostAttempts", "100"));
        var api = await cluster.AddAsync("--roles", "api");
        var silos = new[] { await cluster.AddAsync("--roles", "silo"), await cluster.AddAsync("--roles", "silo") };
        using var client = await api.LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "long", 4, $"echo $PPID >> {cluster.Ledger}; test -e {cluster.Ledger}.go || sleep 600");
        var executions = new List<int>();
        while (executions.Count < 6) executions.Add(await client.ExecuteAsync("long", "long", ("concurrentOption", "ignore")));
        await Eventually.TrueAsync(() => Parents(cluster).Count == 24, Deadline);

        Assert.Equal(silos.Select(silo => $"{silo.ProcessId}").Order(), Parents(cluster).Distinct().Order());
        Assert.Equal(0, await cluster.QueryAsync<long>($"SELECT count(*) FROM execution WHERE owner = '{await cluster.OwnerOfAsync(api)}'"));

        await silos[0].KillAsync();
        await Eventually.TrueAsync(async () => await cluster.QueryAsync<long>(
            $"SELECT count(*) FROM execution WHERE status < 5 AND owner <> '{await cluster.OwnerOfAsync(silos[1])}'") == 0, Deadline);
        foreach (var execution in executions) await client.CancelAsync(execution);
        foreach (var execution in executions) await client.WaitAsync(execution, Deadline);
        await File.WriteAllTextAsync($"{cluster.Ledger}.go", "");
        var after = await client.ExecuteAsync("long", "long", ("concurrentOption", "ignore"));
        Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(after, Deadline))["status"]!);

        Assert.Equal(0, await api.StopAsync());
    }

    [Fact]
    public async Task An_api_node_alone_answers_and_starts_nothing_until_a_silo_is_there()
    {
        await using var cluster = await SiloCluster.StartAsync(0);
        var api = await cluster.AddAsync("--roles", "api");
        using var client = await api.LoginAsync();
        await SiloCluster.UploadParallelAsync(client, "short", 1, "true");
        await Assert.ThrowsAnyAsync<Exception>(() => client.ExecuteAsync("short", "short"));

        await cluster.AddAsync("--roles", "silo");
        var execution = 0;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                execution = await client.ExecuteAsync("short", "short");
                return true;
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
            {
                return false;
            }
        }, Deadline);
        Assert.Equal("SUCCEEDED", (string)(await client.WaitAsync(execution, Deadline))["status"]!);
    }

    [Fact]
    public async Task A_silo_answers_its_supervisor_and_nobody_else()
    {
        await using var cluster = await SiloCluster.StartAsync(0);
        var silo = await cluster.AddAsync("--roles", "silo");
        using var http = new HttpClient { BaseAddress = silo.Url };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/manager", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("silo")]
    public async Task The_embedded_database_serves_all_roles_or_none(string role)
    {
        var result = await folder.RunAsync("serve", "--roles", role);

        Assert.True(result.Code == 2 && result.Errors.StartsWith($"A process of the role {role} is part of a cluster", StringComparison.Ordinal), $"{result}");
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "data")));
    }

    private static List<string> Parents(SiloCluster cluster) => File.Exists(cluster.Ledger) ? [.. File.ReadAllLines(cluster.Ledger)] : [];
}
