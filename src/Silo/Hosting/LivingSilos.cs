using Microsoft.Extensions.Logging;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// Which silos this process believes to be there, by the names that own executions and attempts. Members that only answer HTTP own
/// nothing, and are none of them.
/// </summary>
internal sealed partial class LivingSilos(
    IClusterMembershipService membership, ISiloMetadataCache metadata, SiloIdentity silo, ILocalSiloDetails details, TimeProvider clock,
    ILogger<LivingSilos> log)
{
    private static readonly TimeSpan AskAgainDelay = TimeSpan.FromMilliseconds(200);

    private const string GroupsKey = "scheduler.groups";

    private volatile Known known = new(null, [], []);

    /// <summary>This silo, and every other that has not been declared dead. In one order on all of them.</summary>
    public IReadOnlyList<string> Owners => Current.Sorted;

    /// <summary>The worker groups that any of them offers.</summary>
    public IReadOnlySet<string> Groups =>
        Current.Addresses.SelectMany(GroupsOf).ToHashSet(StringComparer.Ordinal);

    public bool IsAlive(string owner) => Current.Set.Contains(owner);

    /// <summary>
    /// Asks the database whether this silo is still a member, until there is an answer, and after a while again: while it was silent
    /// another may have set out to give it up. A silo that has been given up is ended by the answer.
    /// </summary>
    /// <param name="probation">The time between.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RejoinAsync(TimeSpan probation, CancellationToken cancellationToken)
    {
        await FindMembershipAsync(cancellationToken);
        await Task.Delay(probation, clock, cancellationToken);
        await FindMembershipAsync(cancellationToken);
    }

    private async Task FindMembershipAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await membership.Refresh(cancellationToken: cancellationToken);
                if (membership.CurrentSnapshot.GetSiloStatus(details.SiloAddress) == SiloStatus.Active) return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNoAnswer(exception.Message);
            }

            await Task.Delay(AskAgainDelay, clock, cancellationToken);
        }
    }

    /// <summary>What a silo tells the others about itself.</summary>
    public static Dictionary<string, string> MetadataOf(IEnumerable<string> groups) => new() { [GroupsKey] = string.Join(',', groups) };

    private Known Current
    {
        get
        {
            var snapshot = membership.CurrentSnapshot;
            if (ReferenceEquals(known.Snapshot, snapshot)) return known;

            var hosts = snapshot.Members.Values
                .Where(member => member.Status != SiloStatus.Dead && member.Name != SiloIdentity.NameWithoutExecutions)
                .Select(member => member.SiloAddress).ToList();
            var owners = hosts.Select(SiloIdentity.OwnerOf);
            if (silo.HostsExecutions) owners = owners.Append(silo.Owner).Distinct();
            return known = new Known(snapshot, [.. owners.Order(StringComparer.Ordinal)], hosts);
        }
    }

    /// <summary>A silo of a version that does not tell, or one that has not been asked yet, offers what every silo offers by default.</summary>
    private string[] GroupsOf(SiloAddress address) =>
        metadata.GetSiloMetadata(address).Metadata.TryGetValue(GroupsKey, out var groups)
            ? groups.Split(',', StringSplitOptions.RemoveEmptyEntries)
            : [IDispatchQueueGrain.DefaultGroup];

    [LoggerMessage(LogLevel.Warning, "The membership table cannot be read, so no job starts here; asking again: {Reason}")]
    private partial void LogNoAnswer(string reason);

    private sealed record Known(ClusterMembershipSnapshot? Snapshot, List<string> Sorted, List<SiloAddress> Addresses)
    {
        public HashSet<string> Set { get; } = [.. Sorted];
    }
}
