using Dapper;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>The journal of an embedded server. Its group commit is that of the database's writer thread.</summary>
internal sealed class SqliteJournal(SqliteDatabase database, TimeProvider clock) : DatabaseJournal(database, spareIds: 0, TimeSpan.Zero, clock)
{
    private readonly SqliteDatabase database = database;
    private readonly SqliteJournalStatements statements = new();

    public override async ValueTask AppendAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        var work = new SqliteAppend(statements, append);
        await database.EnqueueAsync(work, cancellationToken);
        await work.Completion;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<IReadOnlyList<long>> FetchIdsAsync(int count)
    {
        var last = await database.WriteAsync(
            (connection, transaction) => connection.ExecuteScalarAsync<long>(
                "UPDATE id_sequence SET last = last + @count WHERE name = 'execution' RETURNING last", new { count }, transaction),
            CancellationToken.None);
        return [.. Enumerable.Range(0, count).Select(i => last - count + 1 + i)];
    }
}
