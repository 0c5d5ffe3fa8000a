using System.Data.Common;
using Dapper;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Storage.Projects;

/// <summary>
/// The tables of projects and of the people in them. Every change stands in one transaction with its audit entry, and takes the
/// lock of the project's row first: changes of one project follow one another, and none slips in behind its deletion.
/// </summary>
internal sealed class ProjectStore(IDatabase database)
{
    /// <summary>The project's id; null when an active project has the name.</summary>
    public Task<int?> CreateAsync(Project project, Grant grant, string proxyUser, ProjectEvent entry, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var id = await connection.ExecuteScalarAsync<int?>(ProjectSql.Insert, new
            {
                project.Name,
                Key = ProjectRules.KeyOf(project.Name),
                project.Description,
                User = project.CreatedBy,
                At = project.CreatedAt.ToStored(),
            }, transaction);
            if (id is not { } projectId) return null;

            await connection.ExecuteAsync(ProjectSql.SetGrant, ParametersOf(projectId, grant), transaction);
            await connection.ExecuteAsync(ProjectSql.AddProxyUser, new { ProjectId = projectId, Name = proxyUser }, transaction);
            await ProjectEvents.AppendAsync(connection, transaction, projectId, entry);
            return id;
        }, cancellationToken);

    /// <summary>False when the project is not active.</summary>
    public Task<bool> DeleteAsync(int projectId, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, "UPDATE project SET active_name = NULL WHERE project_id = @ProjectId", null, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> ChangeDescriptionAsync(int projectId, string description, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, "UPDATE project SET description = @Description WHERE project_id = @ProjectId",
            new { ProjectId = projectId, Description = description }, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> SetGrantAsync(int projectId, Grant grant, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, grant.Permissions == 0 ? ProjectSql.RemoveGrant : ProjectSql.SetGrant,
            ParametersOf(projectId, grant), cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> AddProxyUserAsync(int projectId, string name, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.AddProxyUser, new { ProjectId = projectId, Name = name }, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> RemoveProxyUserAsync(int projectId, string name, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.RemoveProxyUser, new { ProjectId = projectId, Name = name }, cancellationToken);

    private Task<bool> ChangeAsync(
        int projectId, ProjectEvent entry, string statement, object? parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            if (!await TouchAsync(connection, transaction, projectId, entry)) return false;

            await connection.ExecuteAsync(statement, parameters ?? new { ProjectId = projectId }, transaction);
            await ProjectEvents.AppendAsync(connection, transaction, projectId, entry);
            return true;
        }, cancellationToken);

    private static async Task<bool> TouchAsync(DbConnection connection, DbTransaction transaction, int projectId, ProjectEvent entry) =>
        await connection.ExecuteAsync(
            ProjectSql.Touch, new { ProjectId = projectId, entry.User, At = entry.At.ToStored() }, transaction) == 1;

    private static object ParametersOf(int projectId, Grant grant) =>
        new { ProjectId = projectId, grant.Name, grant.IsGroup, Permissions = (int)grant.Permissions };
}
