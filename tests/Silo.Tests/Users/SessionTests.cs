using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class SqliteSessionTests(SqliteStorage storage) : SessionTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlSessionTests(PostgreSqlStorage storage) : SessionTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class SessionTests : UserSuite
{
    private readonly UserFixture other;
    private readonly UserOptions options = new();

    protected SessionTests(StorageFixture storage) : base(storage) => other = new(storage.Silo.Database, Clock);

    [Fact]
    public async Task A_session_opened_on_one_server_is_known_to_the_others()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);

        Assert.Equal(ann.Name, (await other.Sessions.FindAsync(id, default))?.Name);
    }

    [Fact]
    public async Task Ids_are_long_do_not_repeat_and_are_stored_nowhere()
    {
        var ann = await AddUserAsync();
        var one = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        var two = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);

        Assert.NotEqual(one, two);
        Assert.Matches("^[0-9a-f]{64}$", one);
        var stored = await QueryAsync<string>("SELECT id_hash FROM user_session WHERE user_name = @Name", new { ann.Name });
        Assert.Equal(2, stored.Except([one, two]).Count());
    }

    [Fact]
    public async Task Ids_that_nobody_was_given_open_nothing()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        var hash = SessionToken.TryHash(id)!;

        foreach (var wrong in new[] { "", "x", hash, id.ToUpperInvariant(), id[1..], id + "0", new string('0', 64), "\ud83d" + id[1..] })
            Assert.Null(await Server.Sessions.FindAsync(wrong, default));
    }

    [Fact]
    public async Task A_closed_session_ends_here_at_once_and_elsewhere_when_trust_ends()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Assert.NotNull(await Server.Sessions.FindAsync(id, default));
        Assert.NotNull(await other.Sessions.FindAsync(id, default));

        await Server.Sessions.CloseAsync(id, default);
        Assert.Null(await Server.Sessions.FindAsync(id, default));

        Clock.Advance(options.SessionTrustedFor);
        Assert.Null(await other.Sessions.FindAsync(id, default));
    }

    [Fact]
    public async Task A_new_password_ends_every_session_of_the_user_and_no_other()
    {
        var (ann, bob) = (await AddUserAsync(), await AddUserAsync());
        var ofAnn = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        var ofBob = await Server.Sessions.OpenAsync(bob, "10.0.0.1", default);
        Assert.NotNull(await Server.Sessions.FindAsync(ofAnn, default));

        await Server.Administration.ChangePasswordAsync(ann.Name, "a brand new one", "root", default);
        Clock.Advance(options.SessionTrustedFor);

        Assert.Null(await Server.Sessions.FindAsync(ofAnn, default));
        Assert.NotNull(await Server.Sessions.FindAsync(ofBob, default));
    }

    [Fact]
    public async Task Disabling_a_user_ends_their_sessions_for_good()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);

        await Server.Administration.DisableAsync(ann.Name, "root", default);
        Assert.Null(await Server.Sessions.FindAsync(id, default));

        await Server.Administration.EnableAsync(ann.Name, "root", default);
        Assert.Null(await Server.Sessions.FindAsync(id, default));
    }

    [Fact]
    public async Task New_rights_reach_a_session_when_trust_ends()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Assert.Equal(Permissions.None, (await Server.Sessions.FindAsync(id, default))!.Everywhere);

        await Server.Administration.SetAsync(new UserTie.HasRole(ann.Name, UserAdministration.AdminRole), "root", default);
        Clock.Advance(options.SessionTrustedFor);

        Assert.Equal(Permissions.Admin, (await Server.Sessions.FindAsync(id, default))!.Everywhere);
    }

    [Fact]
    public async Task A_session_in_use_lives_on_and_an_idle_one_ends()
    {
        var ann = await AddUserAsync();
        var used = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        var idle = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);

        for (var hours = 0; hours < 72; hours += 8)
        {
            Clock.Advance(TimeSpan.FromHours(8));
            Assert.NotNull(await Server.Sessions.FindAsync(used, default));
        }

        Assert.Null(await Server.Sessions.FindAsync(idle, default));
    }

    [Fact]
    public async Task A_session_never_ends_before_its_lifetime_has_passed_since_the_last_request()
    {
        var ann = await AddUserAsync();
        var id = await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Clock.Advance(options.SessionProlongEvery - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Server.Sessions.FindAsync(id, default));

        Clock.Advance(options.SessionLifetime);
        Assert.NotNull(await Server.Sessions.FindAsync(id, default));

        Clock.Advance(options.SessionLifetime + options.SessionProlongEvery);
        Assert.Null(await Server.Sessions.FindAsync(id, default));
    }

    [Fact]
    public async Task Requests_of_a_session_cost_no_query_while_it_is_trusted_and_few_writes_at_all()
    {
        var ann = await AddUserAsync();
        var counting = new CountingDatabase(Storage.Silo.Database);
        using var server = new UserFixture(counting, Clock);
        var id = await server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        await server.Sessions.FindAsync(id, default);

        var reads = counting.Reads;
        for (var i = 0; i < 100; i++) await server.Sessions.FindAsync(id, default);
        Assert.Equal(reads, counting.Reads);

        var writes = counting.Writes;
        for (var minutes = 0; minutes < 60; minutes++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await server.Sessions.FindAsync(id, default);
        }

        Assert.InRange(counting.Writes - writes, 1, 12);
    }

    [Fact]
    public async Task One_session_too_many_closes_the_one_used_least_recently()
    {
        var ann = await AddUserAsync();
        using var server = new UserFixture(Storage.Silo.Database, Clock, new UserOptions { SessionsPerUser = 2 });
        var first = await server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Clock.Advance(TimeSpan.FromHours(1));
        var second = await server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Clock.Advance(TimeSpan.FromHours(1));
        await server.Sessions.FindAsync(first, default);

        var third = await server.Sessions.OpenAsync(ann, "10.0.0.1", default);

        Assert.NotNull(await other.Sessions.FindAsync(first, default));
        Assert.Null(await other.Sessions.FindAsync(second, default));
        Assert.NotNull(await other.Sessions.FindAsync(third, default));
    }

    [Fact]
    public async Task Expired_sessions_leave_the_table_when_another_is_opened()
    {
        var (ann, bob) = (await AddUserAsync(), await AddUserAsync());
        await Server.Sessions.OpenAsync(ann, "10.0.0.1", default);
        Clock.Advance(TimeSpan.FromDays(2));

        await Server.Sessions.OpenAsync(bob, "10.0.0.1", default);

        Assert.Empty(await QueryAsync<string>("SELECT id_hash FROM user_session WHERE user_name = @Name", new { ann.Name }));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) other.Dispose();
        base.Dispose(disposing);
    }
}
