using Microsoft.Data.Sqlite;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage.Migrations;

public sealed class SqliteMigrationTests : MigrationTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-test-");

    internal override Task<DatabaseOptions> NewDatabaseAsync() => Task.FromResult(new DatabaseOptions { DataDirectory = folder.FullName });

    public override Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return base.DisposeAsync();
    }
}

public sealed class PostgreSqlMigrationTests : MigrationTests
{
    internal override async Task<DatabaseOptions> NewDatabaseAsync() =>
        new() { ConnectionString = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync() };

    [Fact]
    public async Task Servers_that_start_together_run_each_script_once()
    {
        var options = await NewDatabaseAsync();

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DatabaseMigrator.MigrateAsync(options, default))));

        Assert.Equal(MigrationScripts.For(DatabaseKind.PostgreSql).Select(script => script.Name), ran.SelectMany(names => names));
    }
}

public abstract class MigrationTests : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    internal abstract Task<DatabaseOptions> NewDatabaseAsync();

    [Fact]
    public async Task An_empty_database_gets_every_script_in_order()
    {
        var options = await NewDatabaseAsync();
        var kind = options.IsEmbedded ? DatabaseKind.Sqlite : DatabaseKind.PostgreSql;

        var ran = await DatabaseMigrator.MigrateAsync(options, default);

        Assert.NotEmpty(ran);
        Assert.Equal(MigrationScripts.For(kind).Select(script => script.Name), ran);
    }

    [Fact]
    public async Task A_database_that_is_up_to_date_is_left_alone()
    {
        var options = await NewDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(options, default);

        Assert.Empty(await DatabaseMigrator.MigrateAsync(options, default));
    }
}
