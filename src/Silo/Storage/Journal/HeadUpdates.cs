using Npgsql;
using NpgsqlTypes;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>Changed heads of a batch as columns. A head stands here once: of two changes an UPDATE would take either.</summary>
internal sealed class HeadUpdates
{
    private const string Sql = """
        UPDATE execution e
        SET status = u.status,
            updated_at = u.updated_at,
            started_at = coalesce(e.started_at, u.started_at),
            ended_at = coalesce(e.ended_at, u.ended_at),
            owner = coalesce(u.owner, e.owner),
            snapshot_sequence = CASE WHEN u.snapshot IS NULL THEN e.snapshot_sequence ELSE u.sequence END,
            snapshot = coalesce(u.snapshot, e.snapshot)
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            AS u(id, sequence, status, updated_at, started_at, ended_at, owner, snapshot)
        WHERE e.id = u.id
        """;

    private readonly HashSet<long> present = [];
    private readonly List<long> ids = [];
    private readonly List<int> sequences = [];
    private readonly List<short> statuses = [];
    private readonly List<long> updatedAt = [];
    private readonly List<long?> startedAt = [];
    private readonly List<long?> endedAt = [];
    private readonly List<string?> owners = [];
    private readonly List<byte[]?> snapshots = [];

    /// <summary>False when the head is changed already.</summary>
    public bool TryAdd(long executionId, int sequence, HeadChange.Update update)
    {
        if (!present.Add(executionId)) return false;

        ids.Add(executionId);
        sequences.Add(sequence);
        statuses.Add((short)update.Status);
        updatedAt.Add(update.UpdatedAt.ToStored());
        startedAt.Add(update.StartedAt.ToStored());
        endedAt.Add(update.EndedAt.ToStored());
        owners.Add(update.Owner);
        snapshots.Add(update.Snapshot?.AsArray());
        return true;
    }

    public void Clear()
    {
        present.Clear();
        ids.Clear();
        sequences.Clear();
        statuses.Clear();
        updatedAt.Clear();
        startedAt.Clear();
        endedAt.Clear();
        owners.Clear();
        snapshots.Clear();
    }

    /// <summary>Null when there are none.</summary>
    public NpgsqlBatchCommand? ToCommand() => ids.Count == 0 ? null : new NpgsqlBatchCommand(Sql)
    {
        Parameters =
        {
            Column.Of(ids, NpgsqlDbType.Bigint),
            Column.Of(sequences, NpgsqlDbType.Integer),
            Column.Of(statuses, NpgsqlDbType.Smallint),
            Column.Of(updatedAt, NpgsqlDbType.Bigint),
            Column.Of(startedAt, NpgsqlDbType.Bigint),
            Column.Of(endedAt, NpgsqlDbType.Bigint),
            Column.Of(owners, NpgsqlDbType.Text),
            Column.Of(snapshots, NpgsqlDbType.Bytea),
        },
    };
}
