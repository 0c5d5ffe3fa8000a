using Npgsql;
using NpgsqlTypes;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>New heads of a batch as columns.</summary>
internal sealed class HeadCreations
{
    private const string Sql = """
        INSERT INTO execution (
            id, project_id, workflow_id, version, status, submitted_by, submitted_at, started_at, ended_at, updated_at, owner,
            specification)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private readonly List<long> ids = [];
    private readonly List<int> projects = [];
    private readonly List<string> workflows = [];
    private readonly List<int> versions = [];
    private readonly List<short> statuses = [];
    private readonly List<string> submitters = [];
    private readonly List<long> submittedAt = [];
    private readonly List<long?> startedAt = [];
    private readonly List<long?> endedAt = [];
    private readonly List<long> updatedAt = [];
    private readonly List<string> owners = [];
    private readonly List<byte[]> specifications = [];

    public void Add(HeadChange.Create create)
    {
        var summary = create.Summary;
        ids.Add(summary.Id);
        projects.Add(summary.ProjectId);
        workflows.Add(summary.WorkflowId);
        versions.Add(summary.Version);
        statuses.Add((short)summary.Status);
        submitters.Add(summary.SubmittedBy);
        submittedAt.Add(summary.SubmittedAt.ToStored());
        startedAt.Add(summary.StartedAt.ToStored());
        endedAt.Add(summary.EndedAt.ToStored());
        updatedAt.Add(summary.UpdatedAt.ToStored());
        owners.Add(create.Owner);
        specifications.Add(create.Specification.AsArray());
    }

    public void Clear()
    {
        ids.Clear();
        projects.Clear();
        workflows.Clear();
        versions.Clear();
        statuses.Clear();
        submitters.Clear();
        submittedAt.Clear();
        startedAt.Clear();
        endedAt.Clear();
        updatedAt.Clear();
        owners.Clear();
        specifications.Clear();
    }

    /// <summary>Null when there are none.</summary>
    public NpgsqlBatchCommand? ToCommand() => ids.Count == 0 ? null : new NpgsqlBatchCommand(Sql)
    {
        Parameters =
        {
            Column.Of(ids, NpgsqlDbType.Bigint),
            Column.Of(projects, NpgsqlDbType.Integer),
            Column.Of(workflows, NpgsqlDbType.Text),
            Column.Of(versions, NpgsqlDbType.Integer),
            Column.Of(statuses, NpgsqlDbType.Smallint),
            Column.Of(submitters, NpgsqlDbType.Text),
            Column.Of(submittedAt, NpgsqlDbType.Bigint),
            Column.Of(startedAt, NpgsqlDbType.Bigint),
            Column.Of(endedAt, NpgsqlDbType.Bigint),
            Column.Of(updatedAt, NpgsqlDbType.Bigint),
            Column.Of(owners, NpgsqlDbType.Text),
            Column.Of(specifications, NpgsqlDbType.Bytea),
        },
    };
}
