using Microsoft.Data.Sqlite;

namespace Scheduler.Silo.Storage.Sqlite;

/// <summary>
/// Something to be done inside a group commit. <see cref="Run"/> may be called again after a neighbour has failed; exactly one of
/// <see cref="Committed"/> and <see cref="Failed"/> is called, once.
/// </summary>
internal abstract class SqliteWork
{
    /// <summary>Called on the writer thread, inside a transaction. An exception undoes this work alone.</summary>
    public abstract void Run(SqliteConnection connection, SqliteTransaction transaction);

    public abstract void Committed();

    public abstract void Failed(Exception exception);
}

/// <summary>Work given as a delegate whose result is awaited.</summary>
internal sealed class SqliteWork<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work) : SqliteWork
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Completion => completion.Task;

    // The provider is synchronous, so the task has ended already unless the work broke its promise to await nothing else.
    public override void Run(SqliteConnection connection, SqliteTransaction transaction) =>
        result = work(connection, transaction).GetAwaiter().GetResult();

    public override void Committed() => completion.SetResult(result!);

    public override void Failed(Exception exception) => completion.SetException(exception);
}
