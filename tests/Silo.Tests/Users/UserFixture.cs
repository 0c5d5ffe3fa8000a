using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Users;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

/// <summary>What one server process knows about users. Several of them on one database make a cluster.</summary>
internal sealed class UserFixture : IDisposable
{
    public UserFixture(IDatabase database, FakeTimeProvider clock, UserOptions? chosen = null)
    {
        var options = Options.Create(chosen ?? new UserOptions { PasswordIterations = 1_000 });
        var store = new UserStore(database);
        var book = new UserBook(database);
        var list = new UserList(database);
        var passwords = new Passwords(options);

        Administration = new(book, list, passwords, clock);
        Import = new(book, Administration, passwords, clock);
        FirstAdmin = new(book, list, passwords, clock);
        Directory = new(store, passwords, new LoginThrottle(options, clock), options, NullLogger<UserDirectory>.Instance);
        Sessions = new(new SessionStore(database), store, options, clock);
    }

    public UserAdministration Administration { get; }

    public UserImport Import { get; }

    public FirstAdmin FirstAdmin { get; }

    public UserDirectory Directory { get; }

    public Sessions Sessions { get; }

    public void Dispose()
    {
        Directory.Dispose();
        Sessions.Dispose();
    }
}
