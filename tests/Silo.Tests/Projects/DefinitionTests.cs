using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Projects;

public sealed class SqliteDefinitionTests(SqliteStorage storage) : DefinitionTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlDefinitionTests(PostgreSqlStorage storage) : DefinitionTests(storage), IClassFixture<PostgreSqlStorage>;

public abstract class DefinitionTests(StorageFixture storage) : ProjectSuite(storage)
{
    [Fact]
    public async Task Each_version_of_each_project_has_its_own_definition()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());
        var first = await AcceptedAsync(one, PackageOf("first"));
        var second = await AcceptedAsync(one, PackageOf("second"));
        var foreign = await AcceptedAsync(other, PackageOf("foreign"));

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(["first"], IdsOf(await Projects.GetDefinitionAsync(first, default)));
            Assert.Equal(["second"], IdsOf(await Projects.GetDefinitionAsync(second, default)));
            Assert.Equal(["foreign"], IdsOf(await Projects.GetDefinitionAsync(foreign, default)));
        }
    }

    [Fact]
    public async Task It_is_read_from_the_store_once_and_the_same_after_a_restart()
    {
        var project = await CreateAsync();
        var version = await AcceptedAsync(project, PackageOf("flow"));
        var known = await Projects.GetDefinitionAsync(version, default);
        var content = new HookedContent(Storage.Silo.Content);
        using var restarted = new ProjectServer(Storage.Silo.Database, content, Clock);

        var read = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => restarted.Projects.GetDefinitionAsync(version, default).AsTask())));

        Assert.Equivalent(known, read[0], strict: true);
        Assert.All(read, definition => Assert.Same(read[0], definition));
        Assert.Equal(1, content.Opens);
    }

    [Fact]
    public async Task A_version_that_is_not_stored_is_not_found_and_not_remembered()
    {
        var project = await CreateAsync();
        var version = await AcceptedAsync(project, PackageOf("flow"));
        var next = version with { Number = 2 };

        await Assert.ThrowsAsync<KeyNotFoundException>(() => Projects.GetDefinitionAsync(next, default).AsTask());
        await AcceptedAsync(project, PackageOf("next"));

        Assert.Equal(["next"], IdsOf(await Projects.GetDefinitionAsync(next, default)));
    }

    private static IEnumerable<string> IdsOf(PackageDefinition definition) => definition.Workflows.Select(workflow => workflow.Id);
}
