using System.Data.Common;
using Dapper;
using Scheduler.Contracts.Projects;

namespace Scheduler.Silo.Storage.Projects;

/// <summary>The audit log of projects. It only grows.</summary>
internal sealed class ProjectEvents(IDatabase database)
{
    /// <summary>Writes an entry inside the transaction of the change it tells of.</summary>
    public static Task AppendAsync(DbConnection connection, DbTransaction transaction, int projectId, ProjectEvent entry) =>
        connection.ExecuteAsync(
            "INSERT INTO project_event (project_id, user_name, at, kind, message) VALUES (@ProjectId, @User, @At, @Kind, @Message)",
            new { ProjectId = projectId, entry.User, At = entry.At.ToStored(), Kind = (int)entry.Kind, entry.Message },
            transaction);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ProjectEvent>> ListAsync(int projectId, int skip, int size, CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT user_name AS UserName, at AS At, kind AS Kind, message AS Message FROM project_event
            WHERE project_id = @ProjectId ORDER BY event_id DESC LIMIT @Size OFFSET @Skip
            """;
        var page = new { ProjectId = projectId, Skip = Math.Max(0, skip), Size = Math.Max(0, size) };
        var rows = await database.ReadAsync(connection => connection.QueryAsync<Row>(statement, page), cancellationToken);

        return [.. rows.Select(row => new ProjectEvent(row.UserName, StoredInstant.FromStored(row.At), row.Kind, row.Message))];
    }

    private sealed class Row
    {
        public string UserName { get; init; } = "";
        public long At { get; init; }
        public ProjectEventKind Kind { get; init; }
        public string Message { get; init; } = "";
    }
}
