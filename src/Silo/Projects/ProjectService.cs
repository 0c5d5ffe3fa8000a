using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Projects;

/// <summary>Projects in the database, their packages in the content store.</summary>
internal sealed class ProjectService(
    ProjectStore store, ProjectReader reader, ProjectEvents events, PackagePublisher publisher, PackageLibrary library, TimeProvider clock)
    : IProjects
{
    public async Task<Project?> FindAsync(string name, CancellationToken cancellationToken) =>
        ProjectRules.IsName(name) ? await reader.FindActiveAsync(name, cancellationToken) : null;

    public Task<Project?> FindAsync(int projectId, CancellationToken cancellationToken) => reader.FindAsync(projectId, cancellationToken);

    public Task<IReadOnlyList<Project>> ListAsync(int limit, CancellationToken cancellationToken) =>
        reader.ListActiveAsync(limit, cancellationToken);

    public async Task<Project?> CreateAsync(string name, string description, User creator, CancellationToken cancellationToken)
    {
        if (!ProjectRules.IsName(name)) throw new ArgumentException("Not a name for a project.", nameof(name));

        var project = NewProject(name, Checked(description), creator);
        var entry = Audit.Created(creator.Name, project.CreatedAt, name);
        var id = await store.CreateAsync(project, entry, cancellationToken);
        return id is { } projectId ? project with { Id = projectId } : null;
    }

    public Task<bool> DeleteAsync(int projectId, User user, CancellationToken cancellationToken) =>
        store.DeleteAsync(projectId, Audit.Deleted(user.Name, Now()), cancellationToken);

    public Task ChangeDescriptionAsync(int projectId, string description, User user, CancellationToken cancellationToken)
    {
        var stored = Checked(description);
        var entry = Audit.DescriptionChanged(user.Name, Now(), stored);
        return RequireAsync(projectId, store.ChangeDescriptionAsync(projectId, stored, entry, cancellationToken));
    }

    public Task SetGrantAsync(int projectId, Grant grant, User user, CancellationToken cancellationToken)
    {
        var stored = StoredForm.Of(grant);
        var entry = Audit.GrantSet(user.Name, Now(), stored);
        return RequireAsync(projectId, store.SetGrantAsync(projectId, stored, entry, cancellationToken));
    }

    public Task AddProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken)
    {
        var stored = StoredForm.Of(name);
        var entry = Audit.ProxyUserAdded(user.Name, Now(), stored);
        return RequireAsync(projectId, store.AddProxyUserAsync(projectId, stored, entry, cancellationToken));
    }

    public Task RemoveProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken)
    {
        var stored = StoredForm.Of(name);
        var entry = Audit.ProxyUserRemoved(user.Name, Now(), stored);
        return RequireAsync(projectId, store.RemoveProxyUserAsync(projectId, stored, entry, cancellationToken));
    }

    public Task<IReadOnlyList<ProjectEvent>> ListEventsAsync(int projectId, int skip, int size, CancellationToken cancellationToken) =>
        events.ListAsync(projectId, skip, size, cancellationToken);

    public Task<UploadResult> UploadAsync(
        int projectId, string fileName, string archivePath, User user, CancellationToken cancellationToken) =>
        publisher.PublishAsync(projectId, StoredForm.Of(fileName), archivePath, user, cancellationToken);

    public Task<PackageVersion?> FindVersionAsync(int projectId, int? version, CancellationToken cancellationToken) =>
        library.FindAsync(projectId, version, cancellationToken);

    public Task<Stream> OpenArchiveAsync(PackageVersion version, CancellationToken cancellationToken) =>
        library.OpenArchiveAsync(version, cancellationToken);

    public ValueTask<PackageDefinition> GetDefinitionAsync(PackageVersion version, CancellationToken cancellationToken) =>
        library.GetDefinitionAsync(version, cancellationToken);

    private Project NewProject(string name, string description, User creator)
    {
        var now = Now();
        return new()
        {
            Id = 0,
            Name = name,
            Description = description,
            CreatedBy = creator.Name,
            CreatedAt = now,
            ModifiedBy = creator.Name,
            ModifiedAt = now,
            Grants = [new(creator.Name, IsGroup: false, Permissions.Admin)],
            ProxyUsers = [creator.Name],
        };
    }

    private DateTimeOffset Now() => StoredForm.NowOf(clock);

    private static string Checked(string description) => description.Length <= ProjectRules.MaximumDescriptionLength
        ? StoredForm.Of(description)
        : throw new ArgumentException($"Longer than {ProjectRules.MaximumDescriptionLength} characters.", nameof(description));

    private static async Task RequireAsync(int projectId, Task<bool> change)
    {
        if (!await change) throw new KeyNotFoundException($"There is no active project {projectId}.");
    }
}
