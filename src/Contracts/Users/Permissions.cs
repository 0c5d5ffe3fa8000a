namespace Scheduler.Contracts.Users;

/// <summary>What someone may do. The values are stored; never renumber.</summary>
[Flags]
public enum Permissions
{
    None = 0,
    Read = 1,
    Write = 2,
    Execute = 4,
    Schedule = 8,
    Metrics = 16,
    UploadProjects = 0x8000,

    /// <summary>Implies everything.</summary>
    Admin = 0x8000000,
    CreateProjects = 0x40000000,
}

/// <summary>Questions a set of permissions answers about itself.</summary>
public static class PermissionsExtensions
{
    /// <summary>True when the set holds the wanted permission or implies it.</summary>
    public static bool Allows(this Permissions granted, Permissions wanted) =>
        granted.HasFlag(Permissions.Admin) || granted.HasFlag(wanted);
}
