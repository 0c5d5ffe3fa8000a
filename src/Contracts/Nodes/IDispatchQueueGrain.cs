using Orleans.Concurrency;

namespace Scheduler.Contracts.Nodes;

/// <summary>The attempts of one worker group that wait for a slot. Key: the name of the group.</summary>
/// <remarks>
/// The queue lives in memory. When it is lost, the executions offer again what has not started; an attempt that is offered or
/// taken twice runs once, because it has one node grain.
/// </remarks>
[Alias("scheduler/dispatch-queue")]
public interface IDispatchQueueGrain : IGrainWithStringKey
{
    /// <summary>The worker group of nodes that ask for none.</summary>
    const string DefaultGroup = "default";

    /// <summary>Queues attempts; those that are queued already stay where they are.</summary>
    [Alias("offer"), AlwaysInterleave]
    Task OfferAsync(IReadOnlyList<DispatchItem> items);

    /// <summary>Removes attempts that have not been taken; others are ignored.</summary>
    [Alias("withdraw"), AlwaysInterleave]
    Task WithdrawAsync(IReadOnlyList<AttemptId> attempts);

    /// <summary>Hands out up to <paramref name="count"/> attempts to a silo with that many free slots.</summary>
    /// <param name="silo">Who asks.</param>
    /// <param name="count">Free slots, at least 1.</param>
    /// <param name="patience">How long to wait for the first one; then the answer is empty.</param>
    [Alias("take"), AlwaysInterleave]
    Task<IReadOnlyList<DispatchItem>> TakeAsync(string silo, int count, TimeSpan patience);

    /// <summary>Ends what a silo asks for with an empty answer: it takes nothing any more.</summary>
    [Alias("leave"), AlwaysInterleave]
    Task LeaveAsync(string silo);

    /// <summary>Attempts that counted for a quota have ended. A lost call costs some seconds: the queue looks by itself now and then.</summary>
    [Alias("permits-freed"), AlwaysInterleave]
    Task PermitsFreedAsync(IReadOnlyList<AttemptId> attempts);

    /// <summary>Stops or restarts handing out. Stored: it holds across restarts.</summary>
    [Alias("set-paused"), AlwaysInterleave]
    Task SetPausedAsync(bool paused);

    [Alias("is-paused"), AlwaysInterleave]
    Task<bool> IsPausedAsync();
}
