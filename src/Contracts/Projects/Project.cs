using Scheduler.Contracts.Users;

namespace Scheduler.Contracts.Projects;

/// <summary>A container of packages, with the people who may use it.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/project")]
public sealed record Project
{
    /// <summary>Positive, never reused.</summary>
    [Id(0)] public required int Id { get; init; }

    /// <summary>Unique among active projects, compared without case.</summary>
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required string Description { get; init; }
    [Id(3)] public required string CreatedBy { get; init; }
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(5)] public required string ModifiedBy { get; init; }
    [Id(6)] public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Number of the newest package version; null before the first upload.</summary>
    [Id(7)] public int? LatestVersion { get; init; }

    /// <summary>Direct grants; roles and global permissions are not among them.</summary>
    [Id(8)] public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>Operating-system users its nodes may run as.</summary>
    [Id(9)] public IReadOnlyList<string> ProxyUsers { get; init; } = [];

    /// <summary>What this user may do here: own entry, groups and roles together.</summary>
    public Permissions PermissionsOf(User user)
    {
        var granted = user.Everywhere;
        foreach (var grant in Grants)
            if (grant.IsGroup ? user.Groups.Contains(grant.Name) : grant.Name == user.Name)
                granted |= grant.Permissions;
        return granted;
    }
}

/// <summary>What one user or group may do in a project.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/grant")]
public sealed record Grant(string Name, bool IsGroup, Permissions Permissions);

/// <summary>Kinds of entries in a project's audit log. Values are stored; never renumber.</summary>
public enum ProjectEventKind
{
    Created = 0,
    Deleted = 1,
    UserPermission = 2,
    GroupPermission = 3,
    Description = 4,
    Uploaded = 5,
    Schedule = 6,
    Sla = 7,
    ProxyUser = 8,
    Purged = 9,
    PropertyOverride = 10,
    Error = 11,
}

/// <summary>An entry of a project's audit log.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/project-event")]
public sealed record ProjectEvent(string User, DateTimeOffset At, ProjectEventKind Kind, string Message);
