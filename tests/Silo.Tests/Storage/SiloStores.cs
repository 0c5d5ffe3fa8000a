using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Content;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Retention;

namespace Scheduler.Silo.Tests.Storage;

/// <summary>All stores as one silo has them, put together by the production code.</summary>
internal sealed class SiloStores : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private SiloStores(DatabaseOptions options, LogOptions logs) => services = new ServiceCollection()
        .AddLogging().AddSingleton(TimeProvider.System).AddStorage(options, logs).BuildServiceProvider();

    public IDatabase Database => services.GetRequiredService<IDatabase>();

    public PostgreSqlDatabase PostgreSql => services.GetRequiredService<PostgreSqlDatabase>();

    public IJournal Journal => services.GetRequiredService<IJournal>();

    public ILogStore Logs => services.GetRequiredService<ILogStore>();

    public IEnumerable<IHistory> Histories => services.GetServices<IHistory>();

    public ISweepTurn SweepTurn => services.GetRequiredService<ISweepTurn>();

    public IContentStore Content => services.GetRequiredService<IContentStore>();

    public static SiloStores Open(DatabaseOptions options, LogOptions? logs = null) => new(options, logs ?? new LogOptions());

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
