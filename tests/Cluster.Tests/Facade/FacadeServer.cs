using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Facade;

/// <summary>One server process for all tests of a class.</summary>
public abstract class FacadeServer : IAsyncLifetime
{
    public SchedulerServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await SchedulerServer.StartAsync(await StoreArgumentsAsync());

    public async Task DisposeAsync() => await Server.DisposeAsync();

    protected abstract Task<string[]> StoreArgumentsAsync();
}

public sealed class SqliteServer : FacadeServer
{
    protected override Task<string[]> StoreArgumentsAsync() => Task.FromResult<string[]>([]);
}

public sealed class PostgreSqlServerProcess : FacadeServer
{
    protected override async Task<string[]> StoreArgumentsAsync() =>
        ["--database", await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync()];
}
