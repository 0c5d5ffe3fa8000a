using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>The journal's statements, prepared once per connection. Used by the writer thread alone.</summary>
internal sealed class SqliteJournalStatements
{
    private SqliteConnection? connection;
    private PreparedStatement insertRow = null!;
    private PreparedStatement findEpoch = null!;
    private PreparedStatement createHead = null!;
    private PreparedStatement updateHead = null!;

    /// <summary>Must come before the others in each transaction.</summary>
    public void Use(SqliteConnection current, SqliteTransaction transaction)
    {
        if (connection != current) Prepare(current);
        insertRow.Transaction = findEpoch.Transaction = createHead.Transaction = updateHead.Transaction = transaction;
    }

    /// <summary>False when a row with this number stands already.</summary>
    public bool InsertRow(long executionId, JournalRow row) =>
        insertRow.Execute(executionId, row.Sequence, row.Epoch.ToByteArray(), row.Payload.AsArray()) == 1;

    /// <summary>Who wrote the row that stands.</summary>
    public Guid FindEpoch(long executionId, int sequence) => new((byte[])findEpoch.ExecuteScalar(executionId, sequence)!);

    public void ChangeHead(long executionId, int sequence, HeadChange change)
    {
        switch (change)
        {
            case HeadChange.Create { Summary: var summary } create:
                createHead.Execute(
                    summary.Id, summary.ProjectId, summary.WorkflowId, summary.Version, (int)summary.Status, summary.SubmittedBy,
                    summary.SubmittedAt.ToStored(), summary.StartedAt.ToStored(), summary.EndedAt.ToStored(),
                    summary.UpdatedAt.ToStored(), create.Owner, create.Specification.AsArray());
                break;
            case HeadChange.Update update:
                updateHead.Execute(
                    executionId, (int)update.Status, update.UpdatedAt.ToStored(), update.StartedAt.ToStored(),
                    update.EndedAt.ToStored(), update.Owner, update.Snapshot is null ? null : sequence, update.Snapshot?.AsArray());
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Prepare(SqliteConnection current)
    {
        connection = current;
        insertRow = new PreparedStatement(current, """
            INSERT INTO execution_event (execution_id, sequence, epoch, payload) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING
            """, 4);
        findEpoch = new PreparedStatement(current, """
            SELECT epoch FROM execution_event WHERE execution_id = $0 AND sequence = $1
            """, 2);
        createHead = new PreparedStatement(current, """
            INSERT INTO execution (
                id, project_id, workflow_id, version, status, submitted_by, submitted_at, started_at, ended_at, updated_at, owner,
                specification)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """, 12);
        updateHead = new PreparedStatement(current, """
            UPDATE execution
            SET status = $1, updated_at = $2, started_at = coalesce(started_at, $3), ended_at = coalesce(ended_at, $4),
                owner = coalesce($5, owner), snapshot_sequence = coalesce($6, snapshot_sequence), snapshot = coalesce($7, snapshot)
            WHERE id = $0
            """, 8);
    }
}
