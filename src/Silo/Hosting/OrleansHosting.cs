using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Hosting;

/// <summary>Sets Orleans up: alone on the embedded database, or as a member of the cluster that shares a PostgreSQL database.</summary>
internal static class OrleansHosting
{
    public static void UseScheduler(this ISiloBuilder silo, SchedulerOptions options, DatabaseOptions database)
    {
        var address = IPAddress.Parse(options.SiloAddress);
        var port = options.SiloPort == 0 ? SiloPort.Choose(address, options.DataFolder) : options.SiloPort;

        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            (endpoint.AdvertisedIPAddress, endpoint.SiloPort) = (address, port);
            // Every process that calls grains is a silo itself, so no gateway listens.
            endpoint.GatewayPort = 0;
        });
        silo.Configure<ClusterMembershipOptions>(ConfigureMembership);
        silo.Services.AddPlacementDirector<OnNamedSilo, OnNamedSiloDirector>();

        if (database.IsEmbedded) silo.UseDevelopmentClustering(new IPEndPoint(address, port));
        else
            silo.UseAdoNetClustering(clustering =>
                (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", database.ConnectionString!));

        silo.Services.AddOptions<AdoNetGrainStorageOptions>(StorageNames.Grains)
            .Configure<Serializer>((storage, serializer) => storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer));
        silo.AddAdoNetGrainStorage(StorageNames.Grains, storage =>
        {
            storage.Invariant = database.IsEmbedded ? "System.Data.SQLite" : "Npgsql";
            storage.ConnectionString = database.IsEmbedded ? SqliteDatabase.ConnectionStringFor(database) : database.ConnectionString!;
        });
    }

    /// <summary>
    /// A killed process is noticed in about 2 s, a frozen one in under 5 s. The upper bound of the probe time-out matters most: by
    /// default it grows to four times the time-out, and a hang would cost a minute.
    /// </summary>
    private static void ConfigureMembership(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MinProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
