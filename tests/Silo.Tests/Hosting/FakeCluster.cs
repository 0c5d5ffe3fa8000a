using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Tests.Hosting;

/// <summary>Members of a cluster as one of them sees them: the first that was added.</summary>
internal sealed class FakeCluster : IClusterMembershipService, ISiloMetadataCache, ILocalSiloDetails
{
    private readonly Dictionary<SiloAddress, SiloMetadata> metadata = [];
    private ImmutableDictionary<SiloAddress, ClusterMember> members = ImmutableDictionary<SiloAddress, ClusterMember>.Empty;

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } =
        new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new MembershipVersion(0));

    /// <summary>Shows the members as they are; later changes are not told.</summary>
    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => new[] { CurrentSnapshot }.ToAsyncEnumerable();

    public string Name { get; private set; } = "";

    public string ClusterId => "test";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress { get; private set; } = null!;

    public SiloAddress GatewayAddress => SiloAddress;

    /// <summary>Adds a member, or changes its status.</summary>
    /// <param name="port">Which one.</param>
    /// <param name="name">A silo's own, or that of a process that hosts nothing.</param>
    /// <param name="groups">What it says that it offers; null when it says nothing.</param>
    /// <param name="status">Where it stands.</param>
    /// <returns>The name under which it owns executions.</returns>
    public string Add(int port, string name = "Silo_1", string[]? groups = null, SiloStatus status = SiloStatus.Active)
    {
        var address = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);
        if (members.IsEmpty) (SiloAddress, Name) = (address, name);
        members = members.SetItem(address, new ClusterMember(address, status, name));
        CurrentSnapshot = new(members, new MembershipVersion(CurrentSnapshot.Version.Value + 1));
        if (groups is not null) metadata[address] = Metadata(LivingSilos.MetadataOf(groups));
        return SiloIdentity.OwnerOf(address);
    }

    /// <summary>How often the table cannot be read.</summary>
    public int Outages { get; set; }

    /// <summary>What happens when the table is read.</summary>
    public Action Refreshed { get; set; } = () => { };

    public LivingSilos Look() =>
        new(this, this, new SiloIdentity(this), this, TimeProvider.System, NullLogger<LivingSilos>.Instance);

    public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) => metadata.GetValueOrDefault(siloAddress, SiloMetadata.Empty);

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        if (Outages-- > 0) throw new TimeoutException("the table cannot be read");

        Refreshed();
        return default;
    }

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    /// <summary>Only Orleans makes them with content.</summary>
    private static SiloMetadata Metadata(Dictionary<string, string> values)
    {
        var made = new SiloMetadata();
        typeof(SiloMetadata).GetProperty(nameof(SiloMetadata.Metadata))!.SetValue(made, values.ToImmutableDictionary());
        return made;
    }
}
