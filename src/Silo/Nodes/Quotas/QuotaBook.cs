using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// Limits, and who counts for them: the rule by which an attempt may go. A plain value holder; what it does not know of has no limit.
/// Who holds a permit is never in its own way, so an attempt may be asked about twice. It keeps its permits from call to call.
/// </summary>
internal sealed class QuotaBook
{
    private readonly Dictionary<string, int> limits = new(StringComparer.Ordinal);
    /// <summary>Attempts as a whole.</summary>
    private readonly Dictionary<string, HashSet<AttemptId>> holders = new(StringComparer.Ordinal);

    public static QuotaBook Of(QuotaState state)
    {
        var book = new QuotaBook();
        book.Replace(state);
        return book;
    }

    /// <summary>The first of these quotas that has no room for the attempt; null when it may go.</summary>
    public string? FindFull(AttemptId attempt, IReadOnlyList<string> quotas)
    {
        foreach (var key in quotas)
            if (RoomIn(key) <= 0 && !holders.GetValueOrDefault(key, None).Contains(attempt.AnyCall))
                return key;
        return null;
    }

    /// <summary>How many more may go; negative when the limit was lowered.</summary>
    public int RoomIn(string key) => limits.TryGetValue(key, out var limit) ? limit - RunningIn(key) : int.MaxValue;

    public int RunningIn(string key) => holders.GetValueOrDefault(key, None).Count;

    /// <summary>Lets the attempt count.</summary>
    public void Hold(AttemptId attempt, IReadOnlyList<string> quotas)
    {
        foreach (var key in quotas)
        {
            if (!holders.TryGetValue(key, out var those)) holders[key] = those = [];
            those.Add(attempt.AnyCall);
        }
    }

    /// <summary>Nothing of the attempt counts any more.</summary>
    public void Free(AttemptId attempt)
    {
        foreach (var those in holders.Values) those.Remove(attempt.AnyCall);
    }

    /// <summary>Forgets what it knew of the quotas in the state.</summary>
    public void Replace(QuotaState state)
    {
        foreach (var key in state.Keys)
        {
            limits.Remove(key);
            holders.Remove(key);
            if (state.Limits.TryGetValue(key, out var limit)) limits[key] = limit;
        }

        foreach (var permit in state.Permits) Hold(permit.Attempt, [permit.Key]);
    }

    private static readonly HashSet<AttemptId> None = [];
}
