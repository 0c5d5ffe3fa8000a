namespace Scheduler.Silo.Storage.Retention;

/// <summary>Something that is kept for each execution and goes when the execution is old: its journal, its logs.</summary>
internal interface IHistory
{
    HistoryKind Kind { get; }

    /// <summary>All there is, as stretches of execution ids, ascending.</summary>
    Task<IReadOnlyList<HistoryRange>> ListRangesAsync(CancellationToken cancellationToken);

    /// <summary>Executions of which something is kept, ascending, with ids above <paramref name="after"/>.</summary>
    Task<IReadOnlyList<KeptExecution>> ReadAsync(HistoryRange range, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Removes what is kept of these, all of it or nothing. Safe to repeat.</summary>
    Task DeleteAsync(IReadOnlyList<long> executions, CancellationToken cancellationToken);

    /// <summary>Removes a range with <see cref="HistoryRange.Partition"/> as a whole. Safe to repeat.</summary>
    Task DropAsync(HistoryRange range, CancellationToken cancellationToken);
}

/// <summary>What a history holds.</summary>
internal enum HistoryKind
{
    /// <summary>Heads and journal rows.</summary>
    Executions,
    Logs,
}

/// <summary>A stretch of execution ids.</summary>
/// <param name="From">The first id.</param>
/// <param name="To">The first id behind it.</param>
/// <param name="Partition">Table that holds all of it and nothing else; null when there is none.</param>
internal sealed record HistoryRange(long From, long To, string? Partition);

/// <summary>An execution of which something is kept.</summary>
/// <param name="Id">The execution.</param>
/// <param name="SubmittedAt">Null when the execution itself is gone.</param>
/// <param name="EndedAt">Null when it has not ended, or is gone.</param>
internal sealed record KeptExecution(long Id, DateTimeOffset? SubmittedAt, DateTimeOffset? EndedAt)
{
    /// <summary>True when nothing of it is wanted any more.</summary>
    public bool IsOlderThan(DateTimeOffset cutoff) => SubmittedAt is null || EndedAt < cutoff;
}
