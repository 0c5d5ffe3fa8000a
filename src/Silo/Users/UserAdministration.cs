using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>
/// What administrators do with users, groups and roles: the port of the command line. Each change is stored with an audit row in
/// one transaction. Every call may be repeated.
/// </summary>
internal sealed class UserAdministration(UserBook book, UserList list, Passwords passwords, TimeProvider clock)
{
    /// <summary>The role every database has: <see cref="Permissions.Admin"/> everywhere.</summary>
    public const string AdminRole = "admin";

    /// <summary>Adds a user without any rights.</summary>
    public Task<UserChange> AddAsync(string user, string password, string actor, CancellationToken cancellationToken)
    {
        if (!UserRules.IsName(user)) return Task.FromResult(UserChange.InvalidName);
        if (!UserRules.IsNewPassword(password)) return Task.FromResult(UserChange.InvalidPassword);

        return book.AddAsync(user, passwords.Hash(password), Entry(actor, $"user {user} added"), cancellationToken);
    }

    /// <summary>Sets a new password; every session of the user ends.</summary>
    public Task<UserChange> ChangePasswordAsync(string user, string password, string actor, CancellationToken cancellationToken) =>
        UserRules.IsNewPassword(password)
            ? book.SetPasswordAsync(user, passwords.Hash(password), Entry(actor, $"password of user {user} changed"), cancellationToken)
            : Task.FromResult(UserChange.InvalidPassword);

    /// <summary>Keeps a user out; every session of the user ends.</summary>
    public Task<UserChange> DisableAsync(string user, string actor, CancellationToken cancellationToken) =>
        book.SetDisabledAsync(user, true, Entry(actor, $"user {user} disabled"), cancellationToken);

    public Task<UserChange> EnableAsync(string user, string actor, CancellationToken cancellationToken) =>
        book.SetDisabledAsync(user, false, Entry(actor, $"user {user} enabled"), cancellationToken);

    /// <summary>Adds a role, or replaces what it grants everywhere.</summary>
    public Task<UserChange> DefineRoleAsync(string role, Permissions permissions, string actor, CancellationToken cancellationToken) =>
        UserRules.IsName(role)
            ? book.DefineRoleAsync(role, (int)permissions, Entry(actor, $"role {role} grants {permissions}"), cancellationToken)
            : Task.FromResult(UserChange.InvalidName);

    /// <summary>Makes a tie hold: a role granted, a group joined, a proxy allowed.</summary>
    public Task<UserChange> SetAsync(UserTie tie, string actor, CancellationToken cancellationToken) =>
        NamesOf(tie).All(UserRules.IsName)
            ? book.TieAsync(tie, true, Entry(actor, tie.ToString()), cancellationToken)
            : Task.FromResult(UserChange.InvalidName);

    /// <summary>Takes a tie back.</summary>
    public Task<UserChange> RemoveAsync(UserTie tie, string actor, CancellationToken cancellationToken) =>
        book.TieAsync(tie, false, Entry(actor, $"no longer: {tie}"), cancellationToken);

    /// <summary>All users ordered by name, disabled ones included.</summary>
    public Task<IReadOnlyList<UserAccount>> ListAsync(CancellationToken cancellationToken) => list.ReadAsync(cancellationToken);

    private UserEvent Entry(string actor, string message) => new(actor, clock.GetUtcNow(), message);

    private static string[] NamesOf(UserTie tie) => tie switch
    {
        UserTie.HasRole role => [role.User, role.Role],
        UserTie.InGroup group => [group.User, group.Group],
        UserTie.GroupHasRole role => [role.Group, role.Role],
        UserTie.MayActAs proxy => [proxy.User, proxy.Proxy],
        _ => [],
    };
}
