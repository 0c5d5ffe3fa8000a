using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage;

/// <summary>A migrated database of its own for one test class, and a silo's stores on it.</summary>
public abstract class StorageFixture : IAsyncLifetime
{
    internal DatabaseOptions Options { get; private set; } = null!;

    internal SiloStores Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Options = await NewOptionsAsync();
        await DatabaseMigrator.MigrateAsync(Options, default);
        Silo = OpenSilo();
    }

    public virtual async Task DisposeAsync() => await Silo.DisposeAsync();

    /// <summary>Another silo on the same storage, or the same one after a restart.</summary>
    internal SiloStores OpenSilo(LogOptions? logs = null) => SiloStores.Open(Options, logs);

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

    private protected override Task<DatabaseOptions> NewOptionsAsync() =>
        Task.FromResult(new DatabaseOptions { DataDirectory = folder.FullName });
}

public sealed class PostgreSqlStorage : StorageFixture
{
    private protected override async Task<DatabaseOptions> NewOptionsAsync() =>
        new() { ConnectionString = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync() };
}
