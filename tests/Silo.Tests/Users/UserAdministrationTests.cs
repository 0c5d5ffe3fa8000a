using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class SqliteUserAdministrationTests(SqliteStorage storage) : UserAdministrationTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlUserAdministrationTests(PostgreSqlStorage storage)
    : UserAdministrationTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class UserAdministrationTests(StorageFixture storage) : UserSuite(storage)
{
    [Fact]
    public async Task Of_many_who_add_one_name_at_once_one_succeeds()
    {
        var name = NewName();

        var changes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => Task.Run(() => Server.Administration.AddAsync(name, Password, "root", default))));

        Assert.Single(changes, UserChange.Done);
        Assert.Equal(9, changes.Count(change => change is UserChange.AlreadyExists));
    }

    [Fact]
    public async Task What_breaks_the_rules_is_refused_with_the_reason()
    {
        var ann = await AddUserAsync();

        Assert.Equal(UserChange.InvalidName, await Server.Administration.AddAsync("no name", Password, "root", default));
        Assert.Equal(UserChange.InvalidPassword, await Server.Administration.AddAsync(NewName(), "short", "root", default));
        Assert.Equal(UserChange.InvalidPassword, await Server.Administration.ChangePasswordAsync(ann.Name, "short", "root", default));
        Assert.Equal(UserChange.UnknownUser, await Server.Administration.ChangePasswordAsync(NewName(), Password, "root", default));
        Assert.Equal(UserChange.UnknownUser, await Server.Administration.DisableAsync(NewName(), "root", default));
        Assert.Equal(UserChange.UnknownUser, await SetAsync(new UserTie.HasRole(NewName(), "admin")));
        Assert.Equal(UserChange.UnknownRole, await SetAsync(new UserTie.HasRole(ann.Name, "no-such-role")));
        Assert.Equal(UserChange.UnknownRole, await SetAsync(new UserTie.GroupHasRole("etl", "no-such-role")));
        Assert.Equal(UserChange.InvalidName, await SetAsync(new UserTie.InGroup(ann.Name, "two words")));
    }

    [Fact]
    public async Task A_group_exists_from_its_first_tie_on()
    {
        var ann = await AddUserAsync();
        var group = NewName();
        Assert.False(await Server.Directory.GroupExistsAsync(group, default));

        await SetAsync(new UserTie.InGroup(ann.Name, group));

        Assert.True(await Server.Directory.GroupExistsAsync(group, default));
        Assert.False(await Server.Directory.GroupExistsAsync("no such group", default));
    }

    [Fact]
    public async Task Ties_can_be_set_twice_and_taken_back()
    {
        var ann = await AddUserAsync();
        UserTie[] ties = [new UserTie.HasRole(ann.Name, "admin"), new UserTie.InGroup(ann.Name, "ops"), new UserTie.MayActAs(ann.Name, "hdfs")];

        foreach (var tie in ties.Concat(ties)) Assert.Equal(UserChange.Done, await SetAsync(tie));
        var set = (await Server.Directory.FindAsync(ann.Name, default))!;
        foreach (var tie in ties) Assert.Equal(UserChange.Done, await Server.Administration.RemoveAsync(tie, "root", default));
        var removed = (await Server.Directory.FindAsync(ann.Name, default))!;

        Assert.Equal((Permissions.Admin, 1, 1), (set.Everywhere, set.Groups.Count, set.MayActAs.Count));
        Assert.Equal((Permissions.None, 0, 0), (removed.Everywhere, removed.Groups.Count, removed.MayActAs.Count));
    }

    [Fact]
    public async Task The_list_shows_every_user_with_what_they_are()
    {
        var (ann, bob) = (await AddUserAsync(), await AddUserAsync());
        await SetAsync(new UserTie.HasRole(ann.Name, "admin"));
        await SetAsync(new UserTie.InGroup(ann.Name, "ops"));
        await Server.Administration.DisableAsync(bob.Name, "root", default);

        var accounts = (await Server.Administration.ListAsync(default)).Where(a => a.Name == ann.Name || a.Name == bob.Name).ToList();

        Assert.Equal([false, true], accounts.Select(account => account.IsDisabled));
        Assert.Equal(["admin"], accounts[0].Roles);
        Assert.Equal(["ops"], accounts[0].Groups);
        Assert.Equal(Clock.GetUtcNow(), accounts[0].CreatedAt);
    }

    [Fact]
    public async Task Each_change_leaves_an_audit_row_and_a_refused_one_leaves_none()
    {
        var ann = await AddUserAsync();
        var actor = NewName();

        await Server.Administration.ChangePasswordAsync(ann.Name, "a brand new one", actor, default);
        await Server.Administration.SetAsync(new UserTie.HasRole(ann.Name, "admin"), actor, default);
        await Server.Administration.AddAsync(ann.Name, Password, actor, default);
        await Server.Administration.SetAsync(new UserTie.HasRole(ann.Name, "no-such-role"), actor, default);

        Assert.Equal(
            [$"password of user {ann.Name} changed", $"user {ann.Name} has role admin"],
            await QueryAsync<string>("SELECT message FROM user_event WHERE actor = @Actor ORDER BY event_id", new { Actor = actor }));
    }

    [Fact]
    public async Task A_change_whose_audit_row_cannot_be_written_does_not_happen()
    {
        var ann = await AddUserAsync();
        await ExecuteAsync("ALTER TABLE user_event RENAME TO user_event_away");
        await Assert.ThrowsAnyAsync<Exception>(() => Server.Administration.ChangePasswordAsync(ann.Name, "a brand new one", "root", default));
        await ExecuteAsync("ALTER TABLE user_event_away RENAME TO user_event");

        Assert.IsType<LoginResult.Accepted>(await LoginAsync(ann.Name));
    }

    private Task<UserChange> SetAsync(UserTie tie) => Server.Administration.SetAsync(tie, "root", default);
}
