using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;

namespace Scheduler.Silo.Tests.Storage.OrleansTables;

/// <summary>What Orleans expects of its membership table, asked through Orleans.</summary>
public sealed class MembershipTests(PostgreSqlStorage storage) : IClassFixture<PostgreSqlStorage>
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_silo_joins_and_leaves()
    {
        await using (var host = await StartAsync("silo"))
        {
            var member = Assert.Single((await host.Services.GetRequiredService<IMembershipTable>().ReadAllAsync(default)).Members);
            Assert.Equal(SiloStatus.Active, member.Item1.Status);
        }

        var table = await OpenAsync("silo");
        Assert.Equal(SiloStatus.Dead, Assert.Single((await table.ReadAllAsync(default)).Members).Item1.Status);
    }

    [Fact]
    public async Task Rows_change_only_from_the_version_that_was_read()
    {
        var table = await OpenAsync("versions");
        var empty = await table.ReadAllAsync(default);
        var entry = Entry(1);
        Assert.True(await table.InsertRowAsync(entry, empty.Version.Next(), default));
        Assert.False(await table.InsertRowAsync(Entry(2), empty.Version.Next(), default));

        var one = await table.ReadAllAsync(default);
        Assert.False(await table.InsertRowAsync(entry, one.Version.Next(), default));
        Assert.Equal(one.Version.Version, (await table.ReadAllAsync(default)).Version.Version);

        entry.Status = SiloStatus.ShuttingDown;
        entry.AddSuspector(Entry(9).SiloAddress, Noon);
        Assert.True(await table.UpdateRowAsync(entry, one.Members[0].Item2, one.Version.Next(), default));
        Assert.False(await table.UpdateRowAsync(entry, one.Members[0].Item2, one.Version.Next(), default));

        var (stored, _) = Assert.Single((await table.ReadRowAsync(entry.SiloAddress, default)).Members);
        Assert.Equal((SiloStatus.ShuttingDown, "silo-1", 1), (stored.Status, stored.SiloName, stored.SuspectTimes!.Count));
        Assert.Empty((await table.ReadRowAsync(Entry(5).SiloAddress, default)).Members);
    }

    [Fact]
    public async Task Signs_of_life_are_kept_and_never_go_back()
    {
        var table = await OpenAsync("alive");
        var entry = Entry(1);
        await table.InsertRowAsync(entry, (await table.ReadAllAsync(default)).Version.Next(), default);

        entry.IAmAliveTime = Noon.AddMinutes(5);
        await table.UpdateIAmAliveAsync(entry, default);
        entry.IAmAliveTime = Noon.AddMinutes(1);
        await table.UpdateIAmAliveAsync(entry, default);

        Assert.Equal(Noon.AddMinutes(5), (await table.ReadAllAsync(default)).Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Only_the_dead_are_cleaned_up()
    {
        var table = await OpenAsync("cleanup");
        foreach (var (port, status) in new[] { (1, SiloStatus.Active), (2, SiloStatus.Dead) })
        {
            var entry = Entry(port);
            entry.Status = status;
            await table.InsertRowAsync(entry, (await table.ReadAllAsync(default)).Version.Next(), default);
        }

        await table.CleanupDefunctSiloEntriesAsync(Noon.AddDays(1), default);

        Assert.Equal(SiloStatus.Active, Assert.Single((await table.ReadAllAsync(default)).Members).Item1.Status);
    }

    [Fact]
    public async Task A_cluster_can_be_deleted()
    {
        var table = await OpenAsync("deleted");
        await table.InsertRowAsync(Entry(1), (await table.ReadAllAsync(default)).Version.Next(), default);

        await table.DeleteMembershipTableEntriesAsync("deleted", default);

        await using var command = storage.Silo.PostgreSql.Source.CreateCommand(
            "SELECT count(*) FROM OrleansMembershipVersionTable WHERE DeploymentId = 'deleted'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_client_finds_the_gateway()
    {
        await using var host = await StartAsync("gateway");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", storage.Silo.PostgreSql.Source))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("gateway", "test")));
        using var client = builder.Build();
        var gateways = client.Services.GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();

        Assert.Single(await gateways.GetGateways());
    }

    private Task<OrleansHost> StartAsync(string cluster) => OrleansHost.StartAsync(
        (silo, port, gateway) => silo
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", storage.Silo.PostgreSql.Source))
            .ConfigureEndpoints(IPAddress.Loopback, port, gateway)
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, "test")),
        deleteOnClear: false,
        options => (options.Invariant, options.DataSource) = ("Npgsql", storage.Silo.PostgreSql.Source));

    private async Task<IMembershipTable> OpenAsync(string cluster)
    {
        var table = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = "test" }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = "Npgsql", DataSource = storage.Silo.PostgreSql.Source }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, default);
        return table;
    }

    private static MembershipEntry Entry(int port) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 7),
        SiloName = $"silo-{port}",
        HostName = "here",
        Status = SiloStatus.Active,
        ProxyPort = port + 1,
        StartTime = Noon,
        IAmAliveTime = Noon,
        SuspectTimes = [],
    };
}
