using System.Data.Common;
using Dapper;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Projects;

public sealed class SqliteProjectPeopleTests(SqliteStorage storage) : ProjectPeopleTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlProjectPeopleTests(PostgreSqlStorage storage)
    : ProjectPeopleTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class ProjectPeopleTests(StorageFixture storage) : ProjectSuite(storage)
{
    [Fact]
    public async Task Entries_of_users_and_groups_of_one_name_are_set_replaced_and_removed_each_for_itself()
    {
        var project = await CreateAsync();

        await SetAsync(project, "etl", isGroup: false, Permissions.Read);
        await SetAsync(project, "etl", isGroup: true, Permissions.Write | Permissions.Execute);
        await SetAsync(project, "etl", isGroup: false, Permissions.Admin | Permissions.Read);
        Assert.Equal(
            [new("ann", false, Permissions.Admin), new("etl", false, Permissions.Admin), new("etl", true, Permissions.Write | Permissions.Execute)],
            (await ReadAsync(project)).Grants);

        await SetAsync(project, "etl", isGroup: false, Permissions.None);
        Assert.Equal(
            [new("ann", false, Permissions.Admin), new("etl", true, Permissions.Write | Permissions.Execute)],
            (await ReadAsync(project)).Grants);
    }

    [Fact]
    public async Task Proxy_users_can_be_added_twice_and_taken_back()
    {
        var project = await CreateAsync();

        await Projects.AddProxyUserAsync(project.Id, "hdfs", Bob, default);
        await Projects.AddProxyUserAsync(project.Id, "hdfs", Bob, default);
        Assert.Equal(["ann", "hdfs"], (await ReadAsync(project)).ProxyUsers);

        await Projects.RemoveProxyUserAsync(project.Id, "ann", Bob, default);
        Assert.Equal(["hdfs"], (await ReadAsync(project)).ProxyUsers);
    }

    [Fact]
    public async Task A_change_tells_who_made_it_and_when()
    {
        var project = await CreateAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await Projects.ChangeDescriptionAsync(project.Id, "new", Bob, default);

        var changed = await ReadAsync(project);
        Assert.Equal(("new", "bob", project.ModifiedAt.AddHours(1)), (changed.Description, changed.ModifiedBy, changed.ModifiedAt));
        Assert.Equal(("ann", project.CreatedAt), (changed.CreatedBy, changed.CreatedAt));
        var entry = (await Projects.ListEventsAsync(project.Id, 0, 1, default)).Single();
        Assert.Equal(("bob", changed.ModifiedAt, ProjectEventKind.Description), (entry.User, entry.At, entry.Kind));
        Assert.Contains("new", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_change_leaves_its_entry_newest_first_and_in_pages()
    {
        var project = await CreateAsync();
        foreach (var (_, change) in Changes(project)) await change();

        var kinds = await KindsOfEventsAsync(project);

        Assert.Equal(
        [
            ProjectEventKind.Deleted, ProjectEventKind.ProxyUser, ProjectEventKind.ProxyUser, ProjectEventKind.GroupPermission,
            ProjectEventKind.UserPermission, ProjectEventKind.Description, ProjectEventKind.Created,
        ], kinds);
        Assert.Equal(kinds[2..5], (await Projects.ListEventsAsync(project.Id, 2, 3, default)).Select(entry => entry.Kind));
        Assert.Empty(await Projects.ListEventsAsync(project.Id, 100, 10, default));
    }

    [Fact]
    public async Task A_change_of_a_project_that_is_gone_is_refused_and_leaves_no_entry()
    {
        var project = await CreateAsync();
        await Projects.DeleteAsync(project.Id, Ann, default);
        var gone = await ReadAsync(project);

        foreach (var (_, change) in Changes(project).Where(change => change.Kind != ProjectEventKind.Deleted))
            await Assert.ThrowsAsync<KeyNotFoundException>(change);

        Assert.Equivalent(gone, await ReadAsync(project), strict: true);
        Assert.Equal([ProjectEventKind.Deleted, ProjectEventKind.Created], await KindsOfEventsAsync(project));
    }

    [Fact]
    public async Task A_change_whose_entry_cannot_be_written_is_not_made()
    {
        var project = await CreateAsync();
        var name = NewName();
        await ExecuteAsync("ALTER TABLE project_event RENAME TO hidden_event");
        try
        {
            foreach (var (_, change) in Changes(project)) await Assert.ThrowsAnyAsync<DbException>(change);
            await Assert.ThrowsAnyAsync<DbException>(() => Projects.CreateAsync(name, "", Ann, default));
            await Assert.ThrowsAnyAsync<DbException>(() => UploadAsync(project, PackageOf("flow")));
        }
        finally
        {
            await ExecuteAsync("ALTER TABLE hidden_event RENAME TO project_event");
        }

        Assert.Equivalent(project, await ReadAsync(project), strict: true);
        Assert.Null(await Projects.FindAsync(name, default));
        Assert.Null(await Projects.FindVersionAsync(project.Id, null, default));
        Assert.Equal(1, (await AcceptedAsync(project, PackageOf("flow"))).Number);
    }

    [Fact]
    public async Task Characters_that_no_database_takes_are_replaced_wherever_they_come_in()
    {
        var project = await CreateAsync();

        await Projects.ChangeDescriptionAsync(project.Id, "a\0b", Ann, default);
        await SetAsync(project, "g\0", isGroup: true, Permissions.Read);
        await Projects.AddProxyUserAsync(project.Id, "p\0", Ann, default);
        await UploadAsync(project, PackageOf("flow"), "f\uD83D.zip");

        var stored = await ReadAsync(project);
        Assert.Equal("a\uFFFDb", stored.Description);
        Assert.Contains(new Grant("g\uFFFD", true, Permissions.Read), stored.Grants);
        Assert.Contains("p\uFFFD", stored.ProxyUsers);
        Assert.Equal("f\uFFFD.zip", (await Projects.FindVersionAsync(project.Id, null, default))!.FileName);
    }

    private (ProjectEventKind Kind, Func<Task> Change)[] Changes(Project project) =>
    [
        (ProjectEventKind.Description, () => Projects.ChangeDescriptionAsync(project.Id, "new", Ann, default)),
        (ProjectEventKind.UserPermission, () => SetAsync(project, "eve", isGroup: false, Permissions.Read)),
        (ProjectEventKind.GroupPermission, () => SetAsync(project, "etl", isGroup: true, Permissions.Read)),
        (ProjectEventKind.ProxyUser, () => Projects.AddProxyUserAsync(project.Id, "hdfs", Ann, default)),
        (ProjectEventKind.ProxyUser, () => Projects.RemoveProxyUserAsync(project.Id, "ann", Ann, default)),
        (ProjectEventKind.Deleted, () => Projects.DeleteAsync(project.Id, Ann, default)),
    ];

    private Task SetAsync(Project project, string name, bool isGroup, Permissions permissions) =>
        Projects.SetGrantAsync(project.Id, new Grant(name, isGroup, permissions), Ann, default);

    private async Task<Project> ReadAsync(Project project) => (await Projects.FindAsync(project.Id, default))!;

    private Task<int> ExecuteAsync(string statement) => Storage.Silo.Database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(statement, transaction: transaction), default);
}
