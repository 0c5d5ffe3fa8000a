namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// An append and the task of the one who waits for it. Continuations never run on the writer's loop: a grain that goes on must not
/// hold up the next commit.
/// </summary>
internal sealed class PendingAppend(JournalAppend append) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public JournalAppend Append => append;

    /// <summary>What it adds to a batch, in bytes; only large members count.</summary>
    public long Size => append.Row.Payload.Length + append.Head switch
    {
        HeadChange.Create create => create.Specification.Length,
        HeadChange.Update { Snapshot: { } snapshot } => snapshot.Length,
        _ => 0,
    };

    /// <summary>A row with its sequence number stands already: success when it is its own, the answer to which was lost.</summary>
    public void Settle(Guid epochInPlace)
    {
        if (epochInPlace == append.Row.Epoch) TrySetResult();
        else TrySetException(new JournalConflictException(
            $"Row {append.Row.Sequence} of execution {append.ExecutionId} was written by another activation"));
    }
}
