namespace Scheduler.Silo.Users;

/// <summary>Something that holds between a user, a group, a role or another user, and can be set and taken back.</summary>
internal abstract record UserTie
{
    private UserTie() { }

    /// <summary>The user has what the role grants.</summary>
    internal sealed record HasRole(string User, string Role) : UserTie
    {
        public override string ToString() => $"user {User} has role {Role}";
    }

    /// <summary>The user belongs to the group, which exists from its first tie on.</summary>
    internal sealed record InGroup(string User, string Group) : UserTie
    {
        public override string ToString() => $"user {User} in group {Group}";
    }

    /// <summary>Members of the group have what the role grants.</summary>
    internal sealed record GroupHasRole(string Group, string Role) : UserTie
    {
        public override string ToString() => $"group {Group} has role {Role}";
    }

    /// <summary>The user may name another one, known here or only to the operating system, as proxy user of a project.</summary>
    internal sealed record MayActAs(string User, string Proxy) : UserTie
    {
        public override string ToString() => $"user {User} may act as {Proxy}";
    }
}
