using System.Data;
using System.Data.Common;
using Scheduler.Plugins.Odbc.Native;

namespace Scheduler.Plugins.Odbc;

/// <summary>Statements that count together. Whatever was not committed when it is disposed is rolled back.</summary>
internal sealed class OdbcTransaction : DbTransaction
{
    private OdbcConnection? connection;

    private OdbcTransaction(OdbcConnection connection, IsolationLevel isolationLevel)
    {
        this.connection = connection;
        IsolationLevel = isolationLevel;
    }

    /// <summary><see cref="IsolationLevel.Unspecified"/> is what the database does by itself.</summary>
    public override IsolationLevel IsolationLevel { get; }

    protected override DbConnection? DbConnection => connection;

    public static OdbcTransaction Begin(OdbcConnection connection, IsolationLevel isolationLevel)
    {
        nint level = isolationLevel switch
        {
            IsolationLevel.Unspecified => 0,
            IsolationLevel.ReadUncommitted => 1,
            IsolationLevel.ReadCommitted => 2,
            IsolationLevel.RepeatableRead => 4,
            IsolationLevel.Serializable => 8,
            _ => throw new NotSupportedException($"ODBC knows no isolation level {isolationLevel}."),
        };
        if (level != 0) connection.Session.Set(Attributes.Isolation, level, "The isolation level was refused");
        connection.Session.Set(Attributes.AutoCommit, 0, "The transaction did not begin");
        return new OdbcTransaction(connection, isolationLevel);
    }

    public override void Commit() => End(Options.Commit);

    public override void Rollback() => End(Options.Rollback);

    public override Task CommitAsync(CancellationToken cancellationToken = default) => EndAsync(Options.Commit, cancellationToken);

    public override Task RollbackAsync(CancellationToken cancellationToken = default) => EndAsync(Options.Rollback, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing && connection is { State: ConnectionState.Open })
        {
            try
            {
                Rollback();
            }
            catch (DbException)
            {
                // The connection is broken, and the database rolls back by itself.
            }
        }

        connection = null;
        base.Dispose(disposing);
    }

    private Task<bool> EndAsync(short completion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Active().RunAsync(() =>
        {
            End(completion);
            return true;
        });
    }

    private void End(short completion)
    {
        var active = Active();
        active.Session.EndTransaction(completion);
        connection = null;
        active.Transaction = null;
        active.Session.Set(Attributes.AutoCommit, 1, "The connection stays in transactions");
    }

    private OdbcConnection Active() => connection ?? throw new InvalidOperationException("The transaction has ended.");
}
