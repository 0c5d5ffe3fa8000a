using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
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
        ConfigureMembership(silo.Services);
        ConfigureRole(silo, options.Roles);

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

    private static void ConfigureMembership(IServiceCollection services)
    {
        services.AddOptions<MembershipOptions>().BindConfiguration(MembershipOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MembershipOptions>, MembershipOptionsValidator>();
        services.AddSingleton<IFatalErrorHandler, SuddenEnd>();
        services.AddOptions<ClusterMembershipOptions>().Configure<IOptions<MembershipOptions>>((membership, ours) =>
        {
            membership.ProbeTimeout = ours.Value.ProbeTimeout;
            membership.MinProbeTimeout = ours.Value.MinProbeTimeout;
            membership.MaxProbeTimeout = ours.Value.MaxProbeTimeout;
            membership.NumMissedProbesLimit = ours.Value.MissedProbesLimit;
            membership.TableRefreshTimeout = ours.Value.TableRefresh;
            membership.IAmAliveTablePublishTimeout = ours.Value.IAmAlive;
        });
    }

    /// <summary>
    /// A process without the role of a silo takes part in the cluster and has no grain classes: nothing of ours is ever placed on it.
    /// </summary>
    private static void ConfigureRole(ISiloBuilder silo, Roles roles)
    {
        silo.Services.AddPlacementDirector<OnNamedSilo, OnNamedSiloDirector>();
        if (roles.HasFlag(Roles.Silo))
        {
            var engine = silo.Configuration.GetSection(EngineOptions.Section).Get<EngineOptions>() ?? new EngineOptions();
            silo.UseSiloMetadata(LivingSilos.MetadataOf(engine.OfferedGroups.Keys));
            return;
        }

        silo.UseSiloMetadata(LivingSilos.MetadataOf([]));
        silo.Configure<SiloOptions>(names => names.SiloName = SiloIdentity.NameWithoutExecutions);
        silo.Services.PostConfigure<GrainTypeOptions>(
            types => types.Classes.RemoveWhere(type => type.Assembly == typeof(OrleansHosting).Assembly));
    }
}
