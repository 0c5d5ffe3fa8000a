using Microsoft.Extensions.Options;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class SqliteLoginTests(SqliteStorage storage) : LoginTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlLoginTests(PostgreSqlStorage storage) : LoginTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class LoginTests(StorageFixture storage) : UserSuite(storage)
{
    [Fact]
    public async Task The_right_password_opens_with_everything_the_user_is()
    {
        var ann = await AddUserAsync();
        await Server.Administration.DefineRoleAsync("reader", Permissions.Read, "root", default);
        await Server.Administration.DefineRoleAsync("runner", Permissions.Execute, "root", default);
        await Server.Administration.SetAsync(new UserTie.HasRole(ann.Name, "reader"), "root", default);
        await Server.Administration.SetAsync(new UserTie.InGroup(ann.Name, "etl"), "root", default);
        await Server.Administration.SetAsync(new UserTie.GroupHasRole("etl", "runner"), "root", default);
        await Server.Administration.SetAsync(new UserTie.MayActAs(ann.Name, "hdfs"), "root", default);

        var user = Assert.IsType<LoginResult.Accepted>(await LoginAsync(ann.Name)).User;

        Assert.Equal(Permissions.Read | Permissions.Execute, user.Everywhere);
        Assert.Equal(["etl"], user.Groups);
        Assert.Equal(["hdfs"], user.MayActAs);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_disabled_account_look_the_same()
    {
        var (ann, bob) = (await AddUserAsync(), await AddUserAsync());
        await Server.Administration.DisableAsync(bob.Name, "root", default);

        Assert.IsType<LoginResult.Refused>(await LoginAsync(ann.Name, "wrong"));
        Assert.IsType<LoginResult.Refused>(await LoginAsync(NewName()));
        Assert.IsType<LoginResult.Refused>(await LoginAsync(bob.Name));
        Assert.Null(await Server.Directory.FindAsync(bob.Name, default));
    }

    [Fact]
    public async Task Hostile_names_and_passwords_are_refused_like_any_other()
    {
        foreach (var text in new[] { "", "' OR 1=1 --", "ann\0", "ann\ud83d", "../admin", new string('x', 1_000_000) })
        {
            var ann = await AddUserAsync();
            Assert.IsType<LoginResult.Refused>(await LoginAsync(text, from: "10.5.0.1"));
            Assert.IsType<LoginResult.Refused>(await LoginAsync(ann.Name, text));
        }
    }

    [Fact]
    public async Task Names_are_compared_with_their_case()
    {
        var ann = await AddUserAsync();

        Assert.IsType<LoginResult.Refused>(await LoginAsync(ann.Name.ToUpperInvariant()));
    }

    [Fact]
    public async Task After_many_failures_even_the_right_password_has_to_wait()
    {
        var ann = await AddUserAsync();
        for (var i = 0; i < 6; i++) await LoginAsync(ann.Name, "wrong");

        var throttled = Assert.IsType<LoginResult.Throttled>(await LoginAsync(ann.Name));
        Clock.Advance(throttled.RetryAfter);

        Assert.IsType<LoginResult.Accepted>(await LoginAsync(ann.Name));
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_slowed_down_like_guesses_in_a_row()
    {
        var ann = await AddUserAsync();
        var options = new UserOptions();

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => LoginAsync(ann.Name, "wrong", $"10.7.{i}.1")));

        Assert.InRange(results.OfType<LoginResult.Refused>().Count(), 1, options.Throttle.FreePerAccount + options.ConcurrentChecks);
    }

    [Fact]
    public async Task A_flood_of_logins_is_told_to_come_back_instead_of_piling_up()
    {
        var ann = await AddUserAsync();
        var options = new UserOptions { PasswordIterations = 100_000, ConcurrentChecks = 1, WaitingChecks = 2 };
        using var busy = new UserFixture(Storage.Silo.Database, Clock, options);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => busy.Directory.AuthenticateAsync(ann.Name, Password, $"10.8.{i}.1", default)));

        Assert.InRange(results.OfType<LoginResult.Accepted>().Count(), 1, 19);
        Assert.InRange(results.OfType<LoginResult.Throttled>().Count(), 1, 19);
    }

    [Fact]
    public async Task A_password_of_an_older_policy_is_stored_anew_at_the_next_login()
    {
        var ann = await AddUserAsync();
        var stricter = new UserOptions { PasswordIterations = 2_000 };
        using var upgraded = new UserFixture(Storage.Silo.Database, Clock, stricter);

        await upgraded.Directory.AuthenticateAsync(ann.Name, Password, "10.0.0.1", default);

        var stored = await new UserStore(Storage.Silo.Database).FindAsync(ann.Name, default);
        Assert.Equal(PasswordCheck.Right, new Passwords(Options.Create(stricter)).Check(stored!.PasswordHash, Password));
    }

    [Fact]
    public async Task Storing_a_password_anew_never_undoes_a_change_of_it()
    {
        var ann = await AddUserAsync();
        var store = new UserStore(Storage.Silo.Database);
        var before = await store.FindAsync(ann.Name, default);
        await Server.Administration.ChangePasswordAsync(ann.Name, "a brand new one", "root", default);

        await store.RenewHashAsync(before!, before!.PasswordHash, default);

        Assert.IsType<LoginResult.Accepted>(await LoginAsync(ann.Name, "a brand new one"));
        Assert.IsType<LoginResult.Refused>(await LoginAsync(ann.Name));
    }
}
