using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>What an import did.</summary>
/// <param name="Added">Users that are new, in the order of the file.</param>
/// <param name="Kept">Users that existed: password kept, roles, groups and proxies added.</param>
/// <param name="Refused">What could not be taken over, in words.</param>
internal sealed record UserImportReport(IReadOnlyList<string> Added, IReadOnlyList<string> Kept, IReadOnlyList<string> Refused);

/// <summary>
/// Takes over the users of an <c>azkaban-users.xml</c>; passwords are hashed and may be shorter than new ones. May be repeated:
/// what an interrupted run left out is added, and passwords that were changed here stay.
/// </summary>
internal sealed class UserImport(UserBook book, UserAdministration administration, Passwords passwords, TimeProvider clock)
{
    public async Task<UserImportReport> RunAsync(AzkabanUsers file, string actor, CancellationToken cancellationToken)
    {
        List<string> added = [], kept = [], refused = [];

        foreach (var role in file.Roles)
            Note(await administration.DefineRoleAsync(role.Name, role.Permissions, actor, cancellationToken), $"role {role.Name}");

        foreach (var user in file.Users)
        {
            var change = await AddAsync(user, actor, cancellationToken);
            if (change is UserChange.Done) added.Add(user.Name);
            else if (change is UserChange.AlreadyExists) kept.Add(user.Name);
            else Note(change, $"user {user.Name}");
        }

        foreach (var tie in TiesOf(file))
            Note(await administration.SetAsync(tie, actor, cancellationToken), tie.ToString());

        return new(added, kept, refused);

        void Note(UserChange change, string what)
        {
            if (change is not UserChange.Done) refused.Add($"{what}: {change}");
        }
    }

    private Task<UserChange> AddAsync(AzkabanUser user, string actor, CancellationToken cancellationToken)
    {
        if (!UserRules.IsName(user.Name)) return Task.FromResult(UserChange.InvalidName);
        if (user.Password.Length > Passwords.MaximumLength) return Task.FromResult(UserChange.InvalidPassword);

        var entry = new UserEvent(actor, clock.GetUtcNow(), $"user {user.Name} imported");
        return book.AddAsync(user.Name, passwords.Hash(user.Password), entry, cancellationToken);
    }

    private static IEnumerable<UserTie> TiesOf(AzkabanUsers file)
    {
        foreach (var user in file.Users)
        {
            foreach (var role in user.Roles) yield return new UserTie.HasRole(user.Name, role);
            foreach (var group in user.Groups) yield return new UserTie.InGroup(user.Name, group);
            foreach (var proxy in user.Proxies) yield return new UserTie.MayActAs(user.Name, proxy);
        }

        foreach (var group in file.Groups)
            foreach (var role in group.Roles) yield return new UserTie.GroupHasRole(group.Name, role);
    }
}
