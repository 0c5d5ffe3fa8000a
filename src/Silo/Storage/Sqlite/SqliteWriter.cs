using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Scheduler.Contracts;

namespace Scheduler.Silo.Storage.Sqlite;

/// <summary>
/// The one thread and the one connection through which this process writes. Whatever is queued while a commit is in flight shares
/// the next one, so the price of a flushed commit is divided among all who wait for it; there is no timer.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly Channel<SqliteWork> queue;
    private readonly Func<SqliteConnection> open;
    private readonly int batchLength;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteConnection? connection;

    /// <param name="open">Opens a connection fit for writing.</param>
    /// <param name="queueLength">Work that may wait; more makes callers wait.</param>
    /// <param name="batchLength">Most work in one commit.</param>
    public SqliteWriter(Func<SqliteConnection> open, int queueLength, int batchLength)
    {
        this.open = open;
        this.batchLength = batchLength;
        queue = Channel.CreateBounded<SqliteWork>(new BoundedChannelOptions(queueLength) { SingleReader = true });
        new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    /// <summary>Takes the work, in order; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(SqliteWork work, CancellationToken cancellationToken) =>
        queue.Writer.WriteAsync(work, cancellationToken);

    /// <summary>Completes when everything taken so far has been committed or has failed.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopped.Task;
    }

    private void Loop()
    {
        var batch = new List<SqliteWork>(batchLength);

        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < batchLength && queue.Reader.TryRead(out var work)) batch.Add(work);
            CommitTogether(batch);
        }

        connection?.Dispose();
        stopped.SetResult();
    }

    private void CommitTogether(List<SqliteWork> batch)
    {
        if (Commit(batch) is not { } exception)
            foreach (var work in batch) work.Committed();
        else if (batch.Count == 1 || IsUnavailable(exception))
            foreach (var work in batch) work.Failed(Translate(exception));
        else
            foreach (var work in batch) CommitTogether([work]);
    }

    /// <summary>Null after a commit, else why nothing of the batch was stored.</summary>
    private Exception? Commit(List<SqliteWork> batch)
    {
        try
        {
            connection ??= open();
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var work in batch) work.Run(connection, transaction);
            transaction.Commit();
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to those who wait for the batch, and the thread must live on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (IsUnavailable(exception)) Reopen();
            return exception;
        }
    }

    private void Reopen()
    {
        connection?.Dispose();
        connection = null;
    }

    private static bool IsUnavailable(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Busy or Locked or IoError or Full or CannotOpen };

    private static Exception Translate(Exception exception) =>
        IsUnavailable(exception) ? new StorageUnavailableException("The embedded database cannot be written", exception) : exception;

    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
}
