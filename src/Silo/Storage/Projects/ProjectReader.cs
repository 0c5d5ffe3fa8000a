using Dapper;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Projects;

namespace Scheduler.Silo.Storage.Projects;

/// <summary>Projects as they stand, with their people, each in one statement.</summary>
internal sealed class ProjectReader(IDatabase database)
{
    /// <summary>An active project, compared without case; null when there is none.</summary>
    public async Task<Project?> FindActiveAsync(string name, CancellationToken cancellationToken) =>
        (await ReadAsync(ProjectSql.ByKey, new { Key = StoredForm.KeyOf(name) }, cancellationToken)).SingleOrDefault();

    /// <summary>Deleted ones included; null when there never was one.</summary>
    public async Task<Project?> FindAsync(int projectId, CancellationToken cancellationToken) =>
        (await ReadAsync(ProjectSql.ById, new { Id = projectId }, cancellationToken)).SingleOrDefault();

    /// <summary>Active projects ordered by name.</summary>
    public Task<IReadOnlyList<Project>> ListActiveAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(ProjectSql.FirstActive, new { Limit = Math.Max(0, limit) }, cancellationToken);

    private async Task<IReadOnlyList<Project>> ReadAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(ProjectSql.Select(which), parameters), cancellationToken);
        var byKind = rows.ToLookup(row => row.Kind);
        var users = byKind[Kind.User].ToLookup(row => row.ProjectId);
        var groups = byKind[Kind.Group].ToLookup(row => row.ProjectId);
        var proxies = byKind[Kind.ProxyUser].ToLookup(row => row.ProjectId);

        return [.. byKind[Kind.Project].Select(row => ToProject(
            row,
            [.. users[row.ProjectId].Concat(groups[row.ProjectId]).Select(ToGrant)],
            [.. proxies[row.ProjectId].Select(proxy => proxy.Name)]))];
    }

    private static Project ToProject(Row row, IReadOnlyList<Grant> grants, IReadOnlyList<string> proxyUsers) => new()
    {
        Id = row.ProjectId,
        Name = row.Name,
        Description = row.Description,
        CreatedBy = row.CreatedBy,
        CreatedAt = StoredInstant.FromStored(row.CreatedAt),
        ModifiedBy = row.ModifiedBy,
        ModifiedAt = StoredInstant.FromStored(row.ModifiedAt),
        LatestVersion = row.LatestVersion,
        Grants = grants,
        ProxyUsers = proxyUsers,
    };

    private static Grant ToGrant(Row row) => new(row.Name, row.Kind == Kind.Group, (Permissions)row.Permissions);

    private enum Kind
    {
        Project = 0,
        User = 1,
        Group = 2,
        ProxyUser = 3,
    }

    // A project, or one entry of one; which members are set follows from the kind.
    private sealed class Row
    {
        public Kind Kind { get; init; }
        public int ProjectId { get; init; }
        public string Name { get; init; } = "";
        public string Description { get; init; } = "";
        public string CreatedBy { get; init; } = "";
        public long CreatedAt { get; init; }
        public string ModifiedBy { get; init; } = "";
        public long ModifiedAt { get; init; }
        public int? LatestVersion { get; init; }
        public int Permissions { get; init; }
    }
}
