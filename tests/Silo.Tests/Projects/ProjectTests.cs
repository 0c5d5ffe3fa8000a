using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Projects;

public sealed class SqliteProjectTests(SqliteStorage storage) : ProjectTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlProjectTests(PostgreSqlStorage storage) : ProjectTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class ProjectTests(StorageFixture storage) : ProjectSuite(storage)
{
    [Fact]
    public async Task What_is_created_is_what_is_found()
    {
        var name = NewName();

        var created = await Projects.CreateAsync(name, "daily 数据 🚀", Ann, default);

        var found = await Projects.FindAsync(name, default);
        Assert.Equivalent(created, found, strict: true);
        Assert.Equal((name, "daily 数据 🚀", "ann", "ann"), (found!.Name, found.Description, found.CreatedBy, found.ModifiedBy));
        Assert.Equal([new Grant("ann", IsGroup: false, Permissions.Admin)], found.Grants);
        Assert.Equal(["ann"], found.ProxyUsers);
        Assert.Null(found.LatestVersion);
    }

    [Fact]
    public async Task Names_are_compared_without_case_and_kept_as_written()
    {
        var project = await CreateAsync("Sales_Daily");

        Assert.Equal(project.Id, (await Projects.FindAsync("sALES_dAILY", default))?.Id);
        Assert.Equal("Sales_Daily", (await Projects.FindAsync("sales_daily", default))?.Name);
        Assert.Null(await Projects.CreateAsync("SALES_DAILY", "", Bob, default));
    }

    [Fact]
    public async Task Of_many_who_create_one_name_at_once_one_succeeds()
    {
        var name = NewName();

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            Task.Run(() => Projects.CreateAsync(number % 2 == 0 ? name : name.ToUpperInvariant(), "", Ann, default))));

        Assert.Single(made, project => project is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("two words")]
    [InlineData("naïve")]
    [InlineData("line\n")]
    [InlineData("nul\0")]
    public async Task What_is_no_name_is_refused_and_never_found(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Projects.CreateAsync(name, "", Ann, default));
        Assert.Null(await Projects.FindAsync(name, default));
    }

    [Fact]
    public async Task A_description_that_is_too_long_is_refused_and_changes_nothing()
    {
        var project = await CreateAsync();
        var tooLong = new string('x', ProjectRules.MaximumDescriptionLength + 1);

        await Assert.ThrowsAsync<ArgumentException>(() => Projects.CreateAsync(NewName(), tooLong, Ann, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Projects.ChangeDescriptionAsync(project.Id, tooLong, Ann, default));

        Assert.Equivalent(project, await Projects.FindAsync(project.Id, default), strict: true);
    }

    [Fact]
    public async Task A_deleted_project_frees_its_name_for_a_new_id_and_keeps_its_history()
    {
        var first = await CreateAsync();
        await AcceptedAsync(first, PackageOf("flow"));

        Assert.True(await Projects.DeleteAsync(first.Id, Bob, default));
        var second = await CreateAsync(first.Name);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await Projects.FindAsync(first.Name, default))?.Id);
        Assert.Null(second.LatestVersion);
        Assert.Null(await Projects.FindVersionAsync(second.Id, null, default));
        Assert.Equal(first.Name, (await Projects.FindAsync(first.Id, default))?.Name);
        Assert.Equal(
            [ProjectEventKind.Deleted, ProjectEventKind.Uploaded, ProjectEventKind.Created], await KindsOfEventsAsync(first));
        Assert.Equal([ProjectEventKind.Created], await KindsOfEventsAsync(second));
    }

    [Fact]
    public async Task Of_many_who_delete_one_succeeds()
    {
        var project = await CreateAsync();

        var deleted = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Projects.DeleteAsync(project.Id, Ann, default))));

        Assert.Single(deleted, wasMine => wasMine);
        Assert.Single(await KindsOfEventsAsync(project), ProjectEventKind.Deleted);
        Assert.False(await Projects.DeleteAsync(int.MaxValue, Ann, default));
    }

    [Fact]
    public async Task The_list_holds_the_active_ones_in_the_order_of_their_names()
    {
        var names = new[] { "zz_b", "ZZ_a", "zz_c", "ZZ_d" };
        foreach (var name in names) await CreateAsync(name);
        await Projects.DeleteAsync((await Projects.FindAsync("zz_c", default))!.Id, Ann, default);

        var all = (await Projects.ListAsync(1_000, default)).Select(project => project.Name).ToList();

        Assert.Equal(["ZZ_a", "zz_b", "ZZ_d"], all.Where(name => name.StartsWith("zz_", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(all[..2], (await Projects.ListAsync(2, default)).Select(project => project.Name));
        Assert.Empty(await Projects.ListAsync(-1, default));
    }
}
