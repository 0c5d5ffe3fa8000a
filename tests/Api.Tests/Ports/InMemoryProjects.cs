using System.Security.Cryptography;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Projects with their versions, archives and audit log.</summary>
public sealed class InMemoryProjects(Switch store, TimeProvider clock) : IProjects
{
    private readonly List<Project> projects = [];
    private readonly HashSet<int> deleted = [];
    private readonly List<(int ProjectId, ProjectEvent Event)> events = [];
    private readonly List<(PackageVersion Version, byte[] Archive, PackageDefinition Definition)> versions = [];

    /// <summary>Warnings of every upload from now on.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What a defect throws at every upload; null while there is none.</summary>
    public Exception? UploadDefect { get; set; }

    /// <summary>The id the next project gets.</summary>
    public int NextId { get; set; } = 192;

    public Task<Project?> FindAsync(string name, CancellationToken cancellationToken)
    {
        store.Check();
        return Task.FromResult(Active().FirstOrDefault(project => project.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    public Task<Project?> FindAsync(int projectId, CancellationToken cancellationToken) =>
        Task.FromResult(projects.FirstOrDefault(project => project.Id == projectId));

    public Task<IReadOnlyList<Project>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        store.Check();
        return Task.FromResult<IReadOnlyList<Project>>(
            [.. Active().OrderBy(project => project.Name, StringComparer.OrdinalIgnoreCase).Take(limit)]);
    }

    public async Task<Project?> CreateAsync(string name, string description, User creator, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not null) return null;

        var project = new Project
        {
            Id = NextId++,
            Name = name,
            Description = description,
            CreatedBy = creator.Name,
            CreatedAt = clock.GetUtcNow(),
            ModifiedBy = creator.Name,
            ModifiedAt = clock.GetUtcNow(),
            Grants = [new(creator.Name, IsGroup: false, Permissions.Admin)],
            ProxyUsers = [creator.Name],
        };
        projects.Add(project);
        Log(project.Id, creator, ProjectEventKind.Created, "created");
        return project;
    }

    public Task<bool> DeleteAsync(int projectId, User user, CancellationToken cancellationToken)
    {
        Log(projectId, user, ProjectEventKind.Deleted, "deleted");
        return Task.FromResult(deleted.Add(projectId));
    }

    public Task ChangeDescriptionAsync(int projectId, string description, User user, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, user, ProjectEventKind.Description, project => project with { Description = description });

    public Task SetGrantAsync(int projectId, Grant grant, User user, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, user, ProjectEventKind.UserPermission, project => project with
        {
            Grants =
            [
                .. project.Grants.Where(known => known.Name != grant.Name || known.IsGroup != grant.IsGroup),
                .. new[] { grant }.Where(given => given.Permissions != Permissions.None),
            ],
        });

    public Task AddProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, user, ProjectEventKind.ProxyUser, project => project with { ProxyUsers = [.. project.ProxyUsers, name] });

    public Task RemoveProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, user, ProjectEventKind.ProxyUser, project => project with
        {
            ProxyUsers = [.. project.ProxyUsers.Where(known => known != name)],
        });

    public Task<IReadOnlyList<ProjectEvent>> ListEventsAsync(int projectId, int skip, int size, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProjectEvent>>(
            [.. events.Where(entry => entry.ProjectId == projectId).Select(entry => entry.Event).Reverse().Skip(skip).Take(size)]);

    public async Task<UploadResult> UploadAsync(
        int projectId, string fileName, string archivePath, User user, CancellationToken cancellationToken)
    {
        store.Check();
        if (UploadDefect is not null) throw UploadDefect;

        var archive = await File.ReadAllBytesAsync(archivePath, cancellationToken);
        return TinyPackageReader.Read(archive) switch
        {
            (null, { Code: "archive.broken" } finding) => new UploadResult.Unreadable(finding),
            (null, { } finding) => new UploadResult.Invalid([finding]),
            ({ } definition, _) => new UploadResult.Accepted(
                Store(projectId, fileName, archive, definition, user),
                [.. Warnings.Select(text => Finding.Warning("package.warning", text))]),
            var other => throw new InvalidOperationException($"{other} cannot be."),
        };
    }

    public Task<PackageVersion?> FindVersionAsync(int projectId, int? version, CancellationToken cancellationToken) =>
        Task.FromResult(versions.Select(stored => stored.Version)
            .LastOrDefault(stored => stored.ProjectId == projectId && (version is null || stored.Number == version)));

    public Task<Stream> OpenArchiveAsync(PackageVersion version, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(versions.Single(stored => stored.Version == version).Archive));

    public ValueTask<PackageDefinition> GetDefinitionAsync(PackageVersion version, CancellationToken cancellationToken) =>
        new(versions.Single(stored => stored.Version == version).Definition);

    /// <summary>Gives a project a version with these workflows, as an upload would.</summary>
    public PackageVersion Publish(Project project, User user, params WorkflowDefinition[] workflows) => Store(
        project.Id, "etl.zip", [1, 2, 3], new() { Format = PackageFormat.Flow1, Workflows = workflows }, user);

    private PackageVersion Store(int projectId, string fileName, byte[] archive, PackageDefinition definition, User user)
    {
        var number = versions.Count(stored => stored.Version.ProjectId == projectId) + 1;
        var hash = Convert.ToHexStringLower(SHA256.HashData(archive));
        var version = new PackageVersion(projectId, number, fileName, hash, archive.Length, user.Name, clock.GetUtcNow());
        versions.Add((version, archive, definition));
        Replace(projectId, project => project with { LatestVersion = number });
        Log(projectId, user, ProjectEventKind.Uploaded, $"Uploaded new {fileName}");
        return version;
    }

    private IEnumerable<Project> Active() => projects.Where(project => !deleted.Contains(project.Id));

    private Task ChangeAsync(int projectId, User user, ProjectEventKind kind, Func<Project, Project> change)
    {
        store.Check();
        Replace(projectId, project => change(project) with { ModifiedBy = user.Name });
        Log(projectId, user, kind, "changed");
        return Task.CompletedTask;
    }

    private void Replace(int projectId, Func<Project, Project> change)
    {
        var position = projects.FindIndex(project => project.Id == projectId);
        projects[position] = change(projects[position]);
    }

    private void Log(int projectId, User user, ProjectEventKind kind, string message) =>
        events.Add((projectId, new(user.Name, clock.GetUtcNow(), kind, message)));
}
