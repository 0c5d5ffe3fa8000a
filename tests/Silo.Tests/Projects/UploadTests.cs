using System.Security.Cryptography;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Projects;

public sealed class SqliteUploadTests(SqliteStorage storage) : UploadTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlUploadTests(PostgreSqlStorage storage) : UploadTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class UploadTests(StorageFixture storage) : ProjectSuite(storage)
{
    [Fact]
    public async Task What_is_accepted_is_what_is_found()
    {
        var project = await CreateAsync();
        var archive = PackageOf("flow");
        Clock.Advance(TimeSpan.FromMinutes(1));

        var accepted = Assert.IsType<UploadResult.Accepted>(await UploadAsync(project, archive, "数据.zip"));

        var version = accepted.Version;
        Assert.Equal(version, await Projects.FindVersionAsync(project.Id, null, default));
        Assert.Equal(version, await Projects.FindVersionAsync(project.Id, 1, default));
        Assert.Equal(
            (project.Id, 1, "数据.zip", Convert.ToHexStringLower(SHA256.HashData(archive)), archive.Length, "bob"),
            (version.ProjectId, version.Number, version.FileName, version.Sha256, (int)version.Length, version.UploadedBy));
        var changed = (await Projects.FindAsync(project.Id, default))!;
        Assert.Equal((1, "bob", version.UploadedAt), (changed.LatestVersion, changed.ModifiedBy, changed.ModifiedAt));
        Assert.Equal([ProjectEventKind.Uploaded, ProjectEventKind.Created], await KindsOfEventsAsync(project));
        Assert.Null(await Projects.FindVersionAsync(project.Id, 2, default));
    }

    [Fact]
    public async Task The_archive_comes_back_byte_for_byte()
    {
        var project = await CreateAsync();
        // More than one chunk of any store, and nothing a compressor could shorten.
        var noise = new byte[3_000_000];
        new Random(7).NextBytes(noise);
        var archive = Zip.Of(
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("flow.flow", "nodes:\n  - { name: only, type: noop }\n"),
            ("noise.txt", Convert.ToBase64String(noise)));

        var version = await AcceptedAsync(project, archive);

        Assert.Equal(archive, await DownloadAsync(version));
    }

    [Fact]
    public async Task A_package_with_errors_is_answered_with_all_of_them_and_leaves_nothing()
    {
        var project = await CreateAsync();
        var broken = Zip.Of(
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("one.flow", "nodes:\n  - { name: a, type: noop, dependsOn: [nobody] }\n"),
            ("two.flow", "nodes:\n  - { name: b, type: noop, dependsOn: [b] }\n"));

        var invalid = Assert.IsType<UploadResult.Invalid>(await UploadAsync(project, broken));

        Assert.Equal(["one.flow", "two.flow"], invalid.Findings.Where(finding => finding.Severity == Severity.Error)
            .Select(finding => finding.File!).Distinct().Order(StringComparer.Ordinal));
        await AssertUntouchedAsync(project);
    }

    [Fact]
    public async Task What_is_no_archive_is_unreadable_and_leaves_nothing()
    {
        var project = await CreateAsync();

        Assert.IsType<UploadResult.Unreadable>(await UploadAsync(project, "no zip at all"u8.ToArray()));
        Assert.IsType<UploadResult.Unreadable>(await UploadAsync(project, []));
        Assert.IsType<UploadResult.Unreadable>(await UploadAsync(project, Zip.Of(("../outside", "x"))));

        await AssertUntouchedAsync(project);
    }

    [Fact]
    public async Task The_same_bytes_again_are_a_new_version_of_the_same_content_without_new_work()
    {
        var content = new HookedContent(Storage.Silo.Content);
        using var server = new ProjectServer(Storage.Silo.Database, content, Clock);
        var project = await CreateAsync();
        var archive = Zip.Of(("a.job", "type=noop\n"), ("b.sh", "#!/bin/sh\r\necho\r\n"));

        var first = Assert.IsType<UploadResult.Accepted>(await UploadAsync(server, project, archive, "first.zip"));
        var puts = content.Puts;
        var second = Assert.IsType<UploadResult.Accepted>(await UploadAsync(server, project, archive, "second.zip"));

        Assert.Equal((1, 2), (first.Version.Number, second.Version.Number));
        Assert.Equal(first.Version.Sha256, second.Version.Sha256);
        Assert.Equal("second.zip", second.Version.FileName);
        Assert.NotEmpty(first.Warnings);
        Assert.Equal(first.Warnings, second.Warnings);
        Assert.Equal(puts, content.Puts);
    }

    [Fact]
    public async Task Eight_uploads_at_once_get_consecutive_numbers()
    {
        var project = await CreateAsync();

        // Half of them bring the same bytes, so both ways in meet.
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            number => Task.Run(() => UploadAsync(project, PackageOf($"flow{number / 2 * 2}")))));

        var versions = results.Cast<UploadResult.Accepted>().Select(result => result.Version).OrderBy(version => version.Number).ToList();
        Assert.Equal(Enumerable.Range(1, 8), versions.Select(version => version.Number));
        foreach (var version in versions) Assert.Equal(version, await Projects.FindVersionAsync(project.Id, version.Number, default));
        Assert.Equal(8, (await Projects.FindAsync(project.Id, default))!.LatestVersion);
        Assert.Equal(8, (await KindsOfEventsAsync(project)).Count(kind => kind == ProjectEventKind.Uploaded));
    }

    [Fact]
    public async Task An_upload_to_a_project_that_never_was_finds_it_gone() => Assert.IsType<UploadResult.ProjectGone>(
        await Projects.UploadAsync(int.MaxValue, "a.zip", Server.Save(PackageOf("flow")), Ann, default));

    [Fact]
    public async Task A_project_deleted_in_the_middle_of_an_upload_gets_no_version()
    {
        var content = new HookedContent(Storage.Silo.Content);
        using var server = new ProjectServer(Storage.Silo.Database, content, Clock);
        var project = await CreateAsync();
        content.BeforePut = number => number == 1 ? Projects.DeleteAsync(project.Id, Ann, default) : Task.CompletedTask;

        Assert.IsType<UploadResult.ProjectGone>(await UploadAsync(server, project, PackageOf("flow")));

        Assert.Null(await Projects.FindVersionAsync(project.Id, null, default));
        Assert.Equal([ProjectEventKind.Deleted, ProjectEventKind.Created], await KindsOfEventsAsync(project));
    }

    [Fact]
    public async Task An_upload_that_races_a_deletion_comes_before_it_or_not_at_all()
    {
        for (var round = 0; round < 10; round++)
        {
            var project = await CreateAsync();
            var upload = Task.Run(() => UploadAsync(project, PackageOf("flow")));
            var delete = Task.Run(() => Projects.DeleteAsync(project.Id, Ann, default));

            var isAccepted = await upload is UploadResult.Accepted;

            Assert.True(await delete);
            Assert.Equal(isAccepted, await Projects.FindVersionAsync(project.Id, 1, default) is not null);
            Assert.Equal(ProjectEventKind.Deleted, (await KindsOfEventsAsync(project))[0]);
        }
    }

    [Fact]
    public async Task Versions_of_a_deleted_project_stay_readable()
    {
        var project = await CreateAsync();
        var archive = PackageOf("flow");
        var version = await AcceptedAsync(project, archive);

        await Projects.DeleteAsync(project.Id, Ann, default);

        Assert.Equal(version, await Projects.FindVersionAsync(project.Id, 1, default));
        Assert.Equal(archive, await DownloadAsync(version));
        Assert.NotNull((await Projects.GetDefinitionAsync(version, default)).Find("flow"));
    }

    private async Task AssertUntouchedAsync(Project project)
    {
        Assert.Equivalent(project, await Projects.FindAsync(project.Id, default), strict: true);
        Assert.Null(await Projects.FindVersionAsync(project.Id, null, default));
        Assert.Equal([ProjectEventKind.Created], await KindsOfEventsAsync(project));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Server.UnpackFolder));
    }

    private async Task<byte[]> DownloadAsync(PackageVersion version)
    {
        await using var stream = await Projects.OpenArchiveAsync(version, default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
