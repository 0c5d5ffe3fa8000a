using Scheduler.Silo.Storage.Projects;
using Scheduler.Silo.Storage.Quotas;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>What administrators do with quotas: the port of the command line. Every call may be repeated.</summary>
internal sealed class QuotaAdministration(QuotaStore store, ProjectReader projects, TimeProvider clock)
{
    /// <summary>Sets a limit, for what starts from now on. What runs already goes on, even when that is more.</summary>
    /// <param name="quota">As typed.</param>
    /// <param name="limit">At least 0.</param>
    /// <param name="actor">For the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<QuotaChange> SetAsync(string quota, int limit, string actor, CancellationToken cancellationToken)
    {
        if (QuotaKey.Parse(quota) is not { } key) return QuotaChange.InvalidName;
        if (QuotaKey.ProjectOf(key) is { } project && await projects.FindActiveAsync(project, cancellationToken) is null)
            return QuotaChange.UnknownProject;

        await store.SetAsync(key, limit, new UserEvent(actor, clock.GetUtcNow(), $"quota {key} set to {limit}"), cancellationToken);
        return QuotaChange.Done;
    }

    /// <summary>Lifts a limit. The pool of one that is removed does not exist any more.</summary>
    public async Task<QuotaChange> RemoveAsync(string quota, string actor, CancellationToken cancellationToken)
    {
        if (QuotaKey.Parse(quota) is not { } key) return QuotaChange.InvalidName;

        var entry = new UserEvent(actor, clock.GetUtcNow(), $"quota {key} removed");
        return await store.RemoveAsync(key, entry, cancellationToken) ? QuotaChange.Done : QuotaChange.UnknownQuota;
    }

    /// <summary>Ordered by key.</summary>
    public Task<IReadOnlyList<QuotaUse>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);
}

/// <summary>What became of a change.</summary>
internal enum QuotaChange
{
    Done,

    /// <summary>Nothing of that form can have a quota.</summary>
    InvalidName,
    UnknownProject,
    UnknownQuota,
}
