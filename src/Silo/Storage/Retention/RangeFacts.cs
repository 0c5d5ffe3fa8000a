namespace Scheduler.Silo.Storage.Retention;

/// <summary>What the heads of a range of executions say.</summary>
/// <param name="Count">Executions there are.</param>
/// <param name="LastEndedAt">Null when none has ended.</param>
/// <param name="HasActive">Some have not ended.</param>
/// <param name="IsComplete">No execution will ever be added.</param>
internal readonly record struct RangeFacts(int Count, DateTimeOffset? LastEndedAt, bool HasActive, bool IsComplete)
{
    /// <param name="cutoff">What ended before may go.</param>
    /// <param name="slack">How long old executions may wait for younger ones of their range, to go together with them.</param>
    public RangeFate Decide(DateTimeOffset cutoff, TimeSpan slack)
    {
        if (!IsComplete || HasActive || LastEndedAt >= cutoff + slack) return RangeFate.Sift;

        return LastEndedAt >= cutoff ? RangeFate.Wait : RangeFate.Drop;
    }
}

/// <summary>What becomes of a range of executions.</summary>
internal enum RangeFate
{
    /// <summary>Soon all of it can go at once; until then nothing does.</summary>
    Wait,

    /// <summary>All of it goes at once.</summary>
    Drop,

    /// <summary>What is old goes, execution by execution.</summary>
    Sift,
}
