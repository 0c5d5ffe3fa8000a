using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// Where executions live: a head row each, and behind it an append-only list of rows numbered without gaps. The pair
/// (execution, sequence) is unique, and that is the fence: of two activations that both believe they own an execution only one
/// can write the next row.
/// </summary>
/// <remarks>
/// Appends of many executions are merged into one transaction. A task returned by <see cref="AppendAsync"/> completes after the
/// commit that holds the row, never before. Calls throw <see cref="Contracts.StorageUnavailableException"/> when the database
/// cannot be reached for longer than the store's own patience.
/// </remarks>
internal interface IJournal
{
    /// <summary>
    /// A fresh execution id: positive and unique in the database. Ids increase on each silo, and across silos but for about a second.
    /// They may be skipped, never reused.
    /// </summary>
    ValueTask<long> NextExecutionIdAsync(CancellationToken cancellationToken);

    /// <summary>Stores a row, and with it, in the same transaction, what changes in the head.</summary>
    /// <exception cref="JournalConflictException">
    /// Another activation wrote this sequence number. A row of one's own epoch already standing there is success: it is the
    /// answer that was lost with a connection.
    /// </exception>
    ValueTask AppendAsync(JournalAppend append, CancellationToken cancellationToken);

    /// <summary>Head, snapshot and the rows behind the snapshot; null when there is no such execution.</summary>
    Task<StoredExecution?> ReadAsync(long executionId, CancellationToken cancellationToken);

    /// <summary>Rows from a sequence number on, ascending, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<JournalRow>> ReadRowsAsync(long executionId, int fromSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Executions that have not ended and whose owner is not among the living, oldest first.</summary>
    Task<IReadOnlyList<long>> FindAbandonedAsync(IReadOnlyCollection<string> livingOwners, int limit, CancellationToken cancellationToken);

    /// <summary>Null when there is no such execution.</summary>
    Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ExecutionPage> ListAsync(ExecutionFilter filter, int start, int length, CancellationToken cancellationToken);

    /// <summary>Ids of executions of one workflow that have not ended, oldest first.</summary>
    Task<IReadOnlyList<long>> ListActiveAsync(int projectId, string workflowId, CancellationToken cancellationToken);
}

/// <summary>One row as it stands.</summary>
/// <param name="Sequence">Counted from 1.</param>
/// <param name="Epoch">The activation that wrote it.</param>
/// <param name="Payload">Versioned binary; see the execution codec.</param>
internal sealed record JournalRow(int Sequence, Guid Epoch, ReadOnlyMemory<byte> Payload);

/// <summary>A row to be written.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Row">The row; its sequence number is one more than the last.</param>
/// <param name="Head">What changes in the head; null most of the time.</param>
internal sealed record JournalAppend(long ExecutionId, JournalRow Row, HeadChange? Head);

/// <summary>What changes in the head row, together with an appended row.</summary>
internal abstract record HeadChange
{
    private HeadChange() { }

    /// <summary>The execution comes into being.</summary>
    /// <param name="Summary">The queryable columns.</param>
    /// <param name="Specification">What was ordered, as JSON; immutable for the life of the execution.</param>
    /// <param name="Owner">The silo that runs it.</param>
    internal sealed record Create(ExecutionSummary Summary, ReadOnlyMemory<byte> Specification, string Owner) : HeadChange;

    /// <summary>The execution goes on. Null members keep their value.</summary>
    /// <param name="Status">The status with this row.</param>
    /// <param name="UpdatedAt">UTC.</param>
    /// <param name="StartedAt">Set once.</param>
    /// <param name="EndedAt">Set once, with a terminal status.</param>
    /// <param name="Owner">The silo that runs it from now on.</param>
    /// <param name="Snapshot">State of the execution including this row, so that recovery reads no earlier row.</param>
    internal sealed record Update(
        ExecutionStatus Status, DateTimeOffset UpdatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Owner,
        ReadOnlyMemory<byte>? Snapshot) : HeadChange;
}

/// <summary>All that recovery needs.</summary>
/// <param name="Summary">The queryable columns.</param>
/// <param name="Specification">As given at creation.</param>
/// <param name="Owner">The silo that last owned it.</param>
/// <param name="SnapshotSequence">The row up to which the snapshot reaches; 0 when there is none.</param>
/// <param name="Snapshot">Empty when there is none.</param>
/// <param name="Rows">Rows behind the snapshot, ascending, without gaps.</param>
internal sealed record StoredExecution(
    ExecutionSummary Summary, ReadOnlyMemory<byte> Specification, string Owner, int SnapshotSequence, ReadOnlyMemory<byte> Snapshot,
    IReadOnlyList<JournalRow> Rows);

/// <summary>Another activation owns the execution now. Whoever gets this drops what it holds in memory and leaves.</summary>
internal sealed class JournalConflictException : Exception
{
    public JournalConflictException() { }

    public JournalConflictException(string message) : base(message) { }

    public JournalConflictException(string message, Exception inner) : base(message, inner) { }
}
