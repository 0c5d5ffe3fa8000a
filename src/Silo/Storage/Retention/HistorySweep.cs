namespace Scheduler.Silo.Storage.Retention;

/// <summary>What a sweep has removed.</summary>
/// <param name="Executions">Executions of which nothing of the kind is kept any more.</param>
/// <param name="Partitions">Partitions dropped, with executions counted above.</param>
internal readonly record struct Removed(int Executions, int Partitions)
{
    public static Removed operator +(Removed left, Removed right) =>
        new(left.Executions + right.Executions, left.Partitions + right.Partitions);
}

/// <summary>Removes what is old from a history, from its oldest end on, in batches small enough not to hold up anybody.</summary>
internal sealed class HistorySweep(IHistory history, ExecutionHeads heads, int batchLength)
{
    /// <param name="cutoff">Executions that ended before go.</param>
    /// <param name="slack">How long they may wait for the rest of their partition.</param>
    /// <param name="cancellationToken">Stops between two batches; what has been removed stays removed.</param>
    public async Task<Removed> RunAsync(DateTimeOffset cutoff, TimeSpan slack, CancellationToken cancellationToken)
    {
        var removed = default(Removed);
        foreach (var range in await history.ListRangesAsync(cancellationToken))
        {
            if (await IsTooYoungAsync(range, cutoff, cancellationToken)) break;

            removed += await DecideAsync(range, cutoff, slack, cancellationToken) switch
            {
                (RangeFate.Drop, var count) => await DropAsync(range, count, cancellationToken),
                (RangeFate.Sift, _) => await SiftAsync(range, cutoff, cancellationToken),
                _ => default,
            };
        }

        return removed;
    }

    /// <summary>Ids are in the order of submission: behind one that was submitted too late everything is too young.</summary>
    private async Task<bool> IsTooYoungAsync(HistoryRange range, DateTimeOffset cutoff, CancellationToken cancellationToken) =>
        await heads.ReadAsync(range, range.From - 1, limit: 1, cancellationToken) is [var first] && first.SubmittedAt >= cutoff;

    private async Task<(RangeFate Fate, int Count)> DecideAsync(
        HistoryRange range, DateTimeOffset cutoff, TimeSpan slack, CancellationToken cancellationToken)
    {
        if (range.Partition is null) return (RangeFate.Sift, 0);

        var facts = await heads.DescribeAsync(range, cancellationToken);
        return (facts.Decide(cutoff, slack), facts.Count);
    }

    private async Task<Removed> DropAsync(HistoryRange range, int count, CancellationToken cancellationToken)
    {
        await history.DropAsync(range, cancellationToken);
        return new Removed(count, 1);
    }

    private async Task<Removed> SiftAsync(HistoryRange range, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var after = range.From - 1; ;)
        {
            var page = await history.ReadAsync(range, after, batchLength, cancellationToken);
            var old = page.Where(execution => execution.IsOlderThan(cutoff)).Select(execution => execution.Id).ToList();
            if (old.Count > 0) await history.DeleteAsync(old, cancellationToken);
            removed += old.Count;

            if (page.Count < batchLength || page[^1].SubmittedAt >= cutoff) return new Removed(removed, 0);
            after = page[^1].Id;
        }
    }
}
