using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Says why attempts get no slot, where there is more to say than that none is free: nobody offers their worker group, or a quota is full.
/// </summary>
internal sealed class WaitReasons(LivingSilos silos, QuotaLimits limits, PermitStore permits)
{
    /// <param name="view">The execution.</param>
    /// <param name="demands">Of the same execution.</param>
    /// <param name="queued">Positions of the nodes with an attempt in the dispatch queue.</param>
    public async Task<ExecutionView> ExplainAsync(ExecutionView view, ExecutionDemands demands, IReadOnlyList<QueuedAttempt> queued)
    {
        if (queued.Count == 0) return view;

        var offered = silos.Groups;
        var waiting = queued.Select(one => (one.Node, one.Attempt, demands.Of(one.Node).Group, Quotas: demands.QuotasOf(one.Node, limits))).ToList();
        var state = await ReadAsync([.. waiting.SelectMany(one => one.Quotas).Distinct()]);
        var book = QuotaBook.Of(state);

        var nodes = view.Nodes.ToArray();
        foreach (var (node, attempt, group, quotas) in waiting)
            if (!offered.Contains(group))
                nodes[node] = nodes[node] with { Reason = $"Waits for worker group {group}, which no silo offers" };
            else if (book.FindFull(attempt, quotas) is { } full)
                nodes[node] = nodes[node] with { Reason = $"Waits for quota {full}: {book.RunningIn(full)} of {state.Limits[full]} are running" };
        return view with { Nodes = nodes };
    }

    private async Task<QuotaState> ReadAsync(string[] keys) => keys.Length == 0
        ? new QuotaState([], new Dictionary<string, int>(), [])
        : await permits.ReadAsync(keys, CancellationToken.None);
}

/// <summary>An attempt that has been handed to the dispatch queue and has not started.</summary>
internal readonly record struct QueuedAttempt(int Node, AttemptId Attempt);
