using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

public sealed class SqliteFirstAdminTests() : FirstAdminTests(new SqliteStorage());

public sealed class PostgreSqlFirstAdminTests() : FirstAdminTests(new PostgreSqlStorage());

public abstract class FirstAdminTests(StorageFixture storage) : IAsyncLifetime
{
    public Task InitializeAsync() => storage.InitializeAsync();

    public Task DisposeAsync() => storage.DisposeAsync();

    [Fact]
    public async Task An_empty_database_lets_nobody_in()
    {
        using var server = NewServer();
        foreach (var (name, password) in new[] { ("admin", "admin"), ("azkaban", "azkaban"), ("admin", "") })
            Assert.IsType<LoginResult.Refused>(await server.Directory.AuthenticateAsync(name, password, "10.0.0.1", default));
    }

    [Fact]
    public async Task The_first_start_makes_an_administrator_with_the_given_password()
    {
        using var server = NewServer();
        Assert.IsType<FirstAdminResult.Made>(await server.FirstAdmin.EnsureAsync("chosen by me", default));

        var login = await server.Directory.AuthenticateAsync("admin", "chosen by me", "10.0.0.1", default);
        Assert.Equal(Permissions.Admin, Assert.IsType<LoginResult.Accepted>(login).User.Everywhere);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_given_password_one_is_made_up_and_told_once(string? given)
    {
        using var server = NewServer();
        var made = Assert.IsType<FirstAdminResult.MadeWithPassword>(await server.FirstAdmin.EnsureAsync(given, default));

        Assert.IsType<LoginResult.Accepted>(await server.Directory.AuthenticateAsync("admin", made.Password, "10.0.0.1", default));
        Assert.IsType<FirstAdminResult.NotNeeded>(await server.FirstAdmin.EnsureAsync(given, default));
    }

    [Fact]
    public async Task With_any_user_present_nothing_is_done()
    {
        using var server = NewServer();
        await server.Administration.AddAsync("ann", "correct horse", "root", default);

        Assert.IsType<FirstAdminResult.NotNeeded>(await server.FirstAdmin.EnsureAsync("chosen by me", default));
        Assert.Null(await server.Directory.FindAsync("admin", default));
    }

    [Fact]
    public async Task Of_servers_that_start_together_one_makes_it()
    {
        using var server = NewServer();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => server.FirstAdmin.EnsureAsync(null, default))));

        var made = Assert.Single(results.OfType<FirstAdminResult.MadeWithPassword>());
        Assert.IsType<LoginResult.Accepted>(await server.Directory.AuthenticateAsync("admin", made.Password, "10.0.0.1", default));
    }

    private UserFixture NewServer() => new(storage.Silo.Database, new FakeTimeProvider());
}
