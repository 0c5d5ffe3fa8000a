using Dapper;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Secrets;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Projects;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Secrets;

/// <summary>Tests about secrets and data sources on one database, shared by the class.</summary>
public abstract class SecretSuite : IDisposable
{
    // Names are unique in the class, so tests do not meet.
    private static int names;

    private readonly ProjectServer projects;

    protected SecretSuite(StorageFixture storage)
    {
        Storage = storage;
        Server = new(storage.Silo.Database);
        projects = new(storage.Silo.Database, storage.Silo.Content, TimeProvider.System);
    }

    protected StorageFixture Storage { get; }

    internal SecretServer Server { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Server.Dispose();
        projects.Dispose();
    }

    protected static string NewName() => $"name-{Interlocked.Increment(ref names):D6}";

    protected async Task<Project> NewProjectAsync() =>
        (await projects.Projects.CreateAsync($"p{NewName()}", "", new User("root", [], Permissions.Admin, []), default))!;

    protected Task DeleteProjectAsync(Project project) =>
        projects.Projects.DeleteAsync(project.Id, new User("root", [], Permissions.Admin, []), default);

    protected static void AssertDone(ChangeResult result) => Assert.IsType<ChangeResult.Done>(result);

    protected async Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? parameters = null) =>
        [.. await Storage.Silo.Database.ReadAsync(connection => connection.QueryAsync<T>(statement, parameters), default)];
}
