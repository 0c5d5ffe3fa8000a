using Scheduler.Contracts.Projects;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Projects;

public sealed class SqliteBrokenUploadTests(SqliteStorage storage) : BrokenUploadTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlBrokenUploadTests(PostgreSqlStorage storage)
    : BrokenUploadTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>Uploads that break off somewhere in the middle.</summary>
public abstract class BrokenUploadTests(StorageFixture storage) : ProjectSuite(storage)
{
    [Fact]
    public async Task A_store_that_fails_at_any_point_leaves_no_version_and_does_not_spoil_the_next_upload()
    {
        var content = new HookedContent(Storage.Silo.Content);
        using var server = new ProjectServer(Storage.Silo.Database, content, Clock);
        var project = await CreateAsync();
        // A large file, a batch of small ones, the archive and what was read of it are stored one after the other.
        var archive = Zip.Of(("a.job", "type=noop\n"), ("large.txt", new string('x', 5_000_000)));

        var failures = 0;
        for (var failing = 1; ; failing++, failures++)
        {
            var last = content.Puts + failing;
            content.BeforePut = number => number == last ? throw new IOException("The disk is full") : Task.CompletedTask;
            try
            {
                Assert.IsType<UploadResult.Accepted>(await UploadAsync(server, project, archive));
                break;
            }
            catch (IOException)
            {
                Assert.Null(await Projects.FindVersionAsync(project.Id, null, default));
                Assert.Equal([ProjectEventKind.Created], await KindsOfEventsAsync(project));
                Assert.Empty(Directory.EnumerateFileSystemEntries(server.UnpackFolder));
            }
        }

        Assert.Equal(4, failures);
        Assert.Equal(1, (await Projects.FindAsync(project.Id, default))!.LatestVersion);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_leaves_nothing_behind()
    {
        var content = new HookedContent(Storage.Silo.Content);
        using var server = new ProjectServer(Storage.Silo.Database, content, Clock);
        using var giveUp = new CancellationTokenSource();
        var project = await CreateAsync();
        content.BeforePut = _ => giveUp.CancelAsync();
        var path = server.Save(PackageOf("flow"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => server.Projects.UploadAsync(project.Id, "a.zip", path, Bob, giveUp.Token));

        Assert.Null(await Projects.FindVersionAsync(project.Id, null, default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.UnpackFolder));
        content.BeforePut = _ => Task.CompletedTask;
        Assert.IsType<UploadResult.Accepted>(await UploadAsync(server, project, PackageOf("flow")));
    }

    [Fact]
    public async Task An_archive_that_changes_before_it_is_read_gives_the_version_of_what_was_read()
    {
        var project = await CreateAsync();
        var path = Server.Save(PackageOf("before"));
        var after = PackageOf("after-it-changed");
        var database = new HookedDatabase(Storage.Silo.Database) { BeforeRead = () => File.WriteAllBytes(path, after) };
        using var server = new ProjectServer(database, Storage.Silo.Content, Clock);

        var result = await server.Projects.UploadAsync(project.Id, "a.zip", path, Bob, default);

        var version = Assert.IsType<UploadResult.Accepted>(result).Version;
        Assert.Equal(after.Length, version.Length);
        await using var stored = await Projects.OpenArchiveAsync(version, default);
        Assert.NotNull((await Projects.GetDefinitionAsync(version, default)).Find("after-it-changed"));
    }
}
