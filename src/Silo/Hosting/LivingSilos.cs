namespace Scheduler.Silo.Hosting;

/// <summary>Which silos this one believes to be there, by the names that own executions and attempts.</summary>
internal sealed class LivingSilos(IClusterMembershipService membership, SiloIdentity silo)
{
    private volatile Known known = new(null, []);

    /// <summary>This silo, and every other that has not been declared dead. In one order on all of them.</summary>
    public IReadOnlyList<string> Owners => Current.Sorted;

    public bool IsAlive(string owner) => Current.Set.Contains(owner);

    private Known Current
    {
        get
        {
            var snapshot = membership.CurrentSnapshot;
            if (ReferenceEquals(known.Snapshot, snapshot)) return known;

            return known = new Known(snapshot,
            [
                .. snapshot.Members.Values.Where(member => member.Status != SiloStatus.Dead)
                    .Select(member => SiloIdentity.OwnerOf(member.SiloAddress))
                    .Append(silo.Owner).Distinct().Order(StringComparer.Ordinal),
            ]);
        }
    }

    private sealed record Known(ClusterMembershipSnapshot? Snapshot, List<string> Sorted)
    {
        public HashSet<string> Set { get; } = [.. Sorted];
    }
}
