using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Users;

namespace Scheduler.Contracts.Projects;

/// <summary>
/// Projects, their packages and the people in them: the port the HTTP surface and the command line use. It keeps the books and
/// writes the audit log in the same transaction as each change; who may call what is checked by the caller with
/// <see cref="Project.PermissionsOf"/>. A change of a project that is gone throws <see cref="KeyNotFoundException"/>: the caller
/// has just seen it, so it was deleted at that moment, and nothing was changed.
/// </summary>
public interface IProjects
{
    /// <summary>An active project by name, compared without case; null when there is none.</summary>
    Task<Project?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>A project by id, deleted ones included; null when there never was one.</summary>
    Task<Project?> FindAsync(int projectId, CancellationToken cancellationToken);

    /// <summary>Active projects ordered by name, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Project>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Null when an active project has that name already. The creator becomes its admin and a proxy user.</summary>
    /// <exception cref="ArgumentException">Name or description break <see cref="ProjectRules"/>.</exception>
    Task<Project?> CreateAsync(string name, string description, User creator, CancellationToken cancellationToken);

    /// <summary>Frees the name and hides the project; history and running executions stay. False when it is gone already.</summary>
    Task<bool> DeleteAsync(int projectId, User user, CancellationToken cancellationToken);

    /// <exception cref="ArgumentException">The description breaks <see cref="ProjectRules"/>.</exception>
    Task ChangeDescriptionAsync(int projectId, string description, User user, CancellationToken cancellationToken);

    /// <summary>Sets, replaces or, with <see cref="Permissions.None"/>, removes an entry.</summary>
    Task SetGrantAsync(int projectId, Grant grant, User user, CancellationToken cancellationToken);

    Task AddProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken);

    Task RemoveProxyUserAsync(int projectId, string name, User user, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ProjectEvent>> ListEventsAsync(int projectId, int skip, int size, CancellationToken cancellationToken);

    /// <summary>Reads, validates and stores an archive as the project's next version, all or nothing.</summary>
    /// <param name="projectId">An active project.</param>
    /// <param name="fileName">The client's name for the archive.</param>
    /// <param name="archivePath">A local file; it is read, never moved or changed.</param>
    /// <param name="user">Who uploads.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing behind.</param>
    Task<UploadResult> UploadAsync(int projectId, string fileName, string archivePath, User user, CancellationToken cancellationToken);

    /// <summary>Null when there is no such version; null for <paramref name="version"/> takes the newest.</summary>
    Task<PackageVersion?> FindVersionAsync(int projectId, int? version, CancellationToken cancellationToken);

    /// <summary>The archive as it was uploaded, byte for byte.</summary>
    Task<Stream> OpenArchiveAsync(PackageVersion version, CancellationToken cancellationToken);

    /// <summary>What the workflows of a version say. Cached: versions are immutable.</summary>
    ValueTask<PackageDefinition> GetDefinitionAsync(PackageVersion version, CancellationToken cancellationToken);
}

/// <summary>What became of an upload.</summary>
public abstract record UploadResult
{
    private UploadResult() { }

    /// <summary>Stored. The same bytes as the newest version give a new number over the same content.</summary>
    public sealed record Accepted(PackageVersion Version, IReadOnlyList<Finding> Warnings) : UploadResult;

    /// <summary>Its workflows are wrong; every error is listed.</summary>
    public sealed record Invalid(IReadOnlyList<Finding> Findings) : UploadResult;

    /// <summary>Not an archive that may be unpacked, or no package at all; nothing was looked at further.</summary>
    public sealed record Unreadable(Finding Finding) : UploadResult;

    /// <summary>There is no such active project; it may have been deleted during the upload.</summary>
    public sealed record ProjectGone : UploadResult;
}
