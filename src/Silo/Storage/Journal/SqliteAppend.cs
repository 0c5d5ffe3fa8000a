using Microsoft.Data.Sqlite;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// One append inside a group commit. A collision is its own answer and no failure of the transaction: the neighbours commit.
/// </summary>
internal sealed class SqliteAppend(SqliteJournalStatements statements, JournalAppend append) : SqliteWork
{
    private readonly PendingAppend pending = new(append);
    private Guid? inPlace;

    public Task Completion => pending.Task;

    public override void Run(SqliteConnection connection, SqliteTransaction transaction)
    {
        statements.Use(connection, transaction);
        inPlace = statements.InsertRow(append.ExecutionId, append.Row)
            ? null
            : statements.FindEpoch(append.ExecutionId, append.Row.Sequence);
        if (inPlace is null && append.Head is { } head) statements.ChangeHead(append.ExecutionId, append.Row.Sequence, head);
    }

    public override void Committed()
    {
        if (inPlace is { } epoch) pending.Settle(epoch);
        else pending.SetResult();
    }

    public override void Failed(Exception exception) => pending.SetException(exception);
}
