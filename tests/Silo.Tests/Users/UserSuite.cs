using Dapper;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Users;

/// <summary>Tests about users on one database, shared by the class, with a clock of each test's own.</summary>
public abstract class UserSuite : IDisposable
{
    protected const string Password = "correct horse battery";

    // Names are unique in the class, so tests do not meet.
    private static int names;

    protected UserSuite(StorageFixture storage)
    {
        Storage = storage;
        Server = new(storage.Silo.Database, Clock);
    }

    protected StorageFixture Storage { get; }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    internal UserFixture Server { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Server.Dispose();
    }

    protected static string NewName() => $"user{Interlocked.Increment(ref names):D6}";

    protected async Task<User> AddUserAsync(string? name = null)
    {
        name ??= NewName();
        Assert.Equal(UserChange.Done, await Server.Administration.AddAsync(name, Password, "root", default));
        return (await Server.Directory.FindAsync(name, default))!;
    }

    protected Task<LoginResult> LoginAsync(string name, string password = Password, string from = "10.0.0.1") =>
        Server.Directory.AuthenticateAsync(name, password, from, default);

    protected Task<IEnumerable<T>> QueryAsync<T>(string statement, object? parameters = null) =>
        Storage.Silo.Database.ReadAsync(connection => connection.QueryAsync<T>(statement, parameters), default);

    protected Task ExecuteAsync(string statement, object? parameters = null) => Storage.Silo.Database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(statement, parameters, transaction), default);
}
