using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Projects;

/// <summary>Tests about projects on one database, shared by the class, with a clock of each test's own.</summary>
public abstract class ProjectSuite : IDisposable
{
    protected static readonly User Ann = new("ann", [], Permissions.None, []);
    protected static readonly User Bob = new("bob", [], Permissions.None, []);

    // Names are unique in the class, so tests do not meet.
    private static int names;

    protected ProjectSuite(StorageFixture storage)
    {
        Storage = storage;
        Server = new(storage.Silo.Database, storage.Silo.Content, Clock);
    }

    protected StorageFixture Storage { get; }

    /// <summary>Stands at a moment that is finer than what is stored.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(12_345));

    internal ProjectServer Server { get; }

    protected IProjects Projects => Server.Projects;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Server.Dispose();
    }

    protected static string NewName() => $"Project-{Interlocked.Increment(ref names)}";

    protected async Task<Project> CreateAsync(string? name = null) =>
        await Projects.CreateAsync(name ?? NewName(), "for tests", Ann, default)
        ?? throw new InvalidOperationException("The name is taken.");

    /// <summary>A package with one workflow of one node.</summary>
    protected static byte[] PackageOf(string workflow) => Zip.Of(
        ("a.project", "azkaban-flow-version: 2.0\n"),
        ($"{workflow}.flow", "nodes:\n  - { name: only, type: noop }\n"));

    protected Task<UploadResult> UploadAsync(Project project, byte[] archive, string fileName = "package.zip") =>
        UploadAsync(Server, project, archive, fileName);

    internal static Task<UploadResult> UploadAsync(
        ProjectServer server, Project project, byte[] archive, string fileName = "package.zip") =>
        server.Projects.UploadAsync(project.Id, fileName, server.Save(archive), Bob, default);

    protected async Task<PackageVersion> AcceptedAsync(Project project, byte[] archive) =>
        Assert.IsType<UploadResult.Accepted>(await UploadAsync(project, archive)).Version;

    protected async Task<List<ProjectEventKind>> KindsOfEventsAsync(Project project) =>
        [.. (await Projects.ListEventsAsync(project.Id, 0, 100, default)).Select(entry => entry.Kind)];
}
