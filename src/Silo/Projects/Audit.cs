using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Silo.Projects;

/// <summary>The words of a project's audit log. Each entry is stored in the transaction of the change it tells of.</summary>
internal static class Audit
{
    public static ProjectEvent Created(string user, DateTimeOffset at, string name) =>
        new(user, at, ProjectEventKind.Created, $"Project {name} created");

    public static ProjectEvent Deleted(string user, DateTimeOffset at) => new(user, at, ProjectEventKind.Deleted, "Project deleted");

    public static ProjectEvent DescriptionChanged(string user, DateTimeOffset at, string description) =>
        new(user, at, ProjectEventKind.Description, $"Description changed to: {description}");

    public static ProjectEvent GrantSet(string user, DateTimeOffset at, Grant grant)
    {
        var kind = grant.IsGroup ? ProjectEventKind.GroupPermission : ProjectEventKind.UserPermission;
        var who = grant.IsGroup ? $"Group {grant.Name}" : $"User {grant.Name}";
        return new(user, at, kind, grant.Permissions == Permissions.None ? $"{who} removed" : $"{who} set to {grant.Permissions}");
    }

    public static ProjectEvent ProxyUserAdded(string user, DateTimeOffset at, string name) =>
        new(user, at, ProjectEventKind.ProxyUser, $"Proxy user {name} added");

    public static ProjectEvent ProxyUserRemoved(string user, DateTimeOffset at, string name) =>
        new(user, at, ProjectEventKind.ProxyUser, $"Proxy user {name} removed");

    public static ProjectEvent Uploaded(PackageVersion version) =>
        new(version.UploadedBy, version.UploadedAt, ProjectEventKind.Uploaded,
            $"Version {version.Number} from {version.FileName} ({version.Length} bytes, sha256 {version.Sha256})");
}
