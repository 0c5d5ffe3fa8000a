using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Sqlite;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage;

/// <summary>A migrated database of its own for one test class, and the stores on it as one silo after the other would open them.</summary>
public abstract class StorageFixture : IAsyncLifetime
{
    internal DatabaseOptions Options { get; private set; } = null!;

    internal IDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Options = await NewOptionsAsync();
        await DatabaseMigrator.MigrateAsync(Options, default);
        Database = OpenDatabase();
    }

    public virtual async Task DisposeAsync() => await Database.DisposeAsync();

    /// <summary>A second one stands for another silo.</summary>
    internal abstract IDatabase OpenDatabase();

    /// <summary>On the given database, or the fixture's own.</summary>
    internal abstract DatabaseJournal OpenJournal(IDatabase? database = null);

    private protected abstract Task<DatabaseOptions> NewOptionsAsync();
}

public sealed class SqliteStorage : StorageFixture
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-test-");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }

    internal override IDatabase OpenDatabase() => new SqliteDatabase(Options);

    internal override DatabaseJournal OpenJournal(IDatabase? database = null) => new SqliteJournal((SqliteDatabase)(database ?? Database));

    private protected override Task<DatabaseOptions> NewOptionsAsync() =>
        Task.FromResult(new DatabaseOptions { DataDirectory = folder.FullName });
}

public sealed class PostgreSqlStorage : StorageFixture
{
    internal override IDatabase OpenDatabase() => new PostgreSqlDatabase(Options, TimeProvider.System);

    internal override DatabaseJournal OpenJournal(IDatabase? database = null) => new PostgreSqlJournal(
        (PostgreSqlDatabase)(database ?? Database), Options, TimeProvider.System, NullLogger<PostgreSqlJournal>.Instance);

    private protected override async Task<DatabaseOptions> NewOptionsAsync() =>
        new() { ConnectionString = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync() };
}
