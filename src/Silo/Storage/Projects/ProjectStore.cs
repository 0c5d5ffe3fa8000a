using Dapper;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Storage.Projects;

/// <summary>
/// The tables of projects and of the people in them. Every change stands in one transaction with its audit entry, and takes the
/// lock of the project's row first: changes of one project follow one another, and none slips in behind its deletion.
/// </summary>
internal sealed class ProjectStore(IDatabase database)
{
    /// <summary>Adds a project with its people; the database chooses the id.</summary>
    /// <returns>The id; null when an active project has the name.</returns>
    public Task<int?> CreateAsync(Project project, ProjectEvent entry, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var id = await connection.ExecuteScalarAsync<int?>(ProjectSql.Insert, new
            {
                project.Name,
                Key = StoredForm.KeyOf(project.Name),
                project.Description,
                User = project.CreatedBy,
                At = project.CreatedAt.ToStored(),
            }, transaction);
            if (id is not { } projectId) return null;

            foreach (var grant in project.Grants)
                await connection.ExecuteAsync(ProjectSql.SetGrant, ParametersOf(projectId, grant), transaction);
            foreach (var name in project.ProxyUsers)
                await connection.ExecuteAsync(ProjectSql.AddProxyUser, new { ProjectId = projectId, Name = name }, transaction);
            await ProjectEvents.AppendAsync(connection, transaction, projectId, entry);
            return id;
        }, cancellationToken);

    /// <summary>False when the project is not active.</summary>
    public Task<bool> DeleteAsync(int projectId, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.Delete, new { ProjectId = projectId }, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> ChangeDescriptionAsync(int projectId, string description, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.Describe, new { ProjectId = projectId, Description = description }, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> SetGrantAsync(int projectId, Grant grant, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, grant.Permissions is Permissions.None ? ProjectSql.RemoveGrant : ProjectSql.SetGrant,
            ParametersOf(projectId, grant), cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> AddProxyUserAsync(int projectId, string name, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.AddProxyUser, new { ProjectId = projectId, Name = name }, cancellationToken);

    /// <inheritdoc cref="DeleteAsync"/>
    public Task<bool> RemoveProxyUserAsync(int projectId, string name, ProjectEvent entry, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, entry, ProjectSql.RemoveProxyUser, new { ProjectId = projectId, Name = name }, cancellationToken);

    private Task<bool> ChangeAsync(
        int projectId, ProjectEvent entry, string statement, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var touch = new { ProjectId = projectId, entry.User, At = entry.At.ToStored() };
            if (await connection.ExecuteAsync(ProjectSql.Touch, touch, transaction) == 0) return false;

            await connection.ExecuteAsync(statement, parameters, transaction);
            await ProjectEvents.AppendAsync(connection, transaction, projectId, entry);
            return true;
        }, cancellationToken);

    private static object ParametersOf(int projectId, Grant grant) =>
        new { ProjectId = projectId, grant.Name, grant.IsGroup, Permissions = (int)grant.Permissions };
}
