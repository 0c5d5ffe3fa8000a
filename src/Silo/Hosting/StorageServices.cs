using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Content;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Hosting;

/// <summary>Registers the stores: SQLite and files when embedded, PostgreSQL in a cluster.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddOptions<LogOptions>().BindConfiguration("Logs").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LogOptions>>().Value);
        return options.IsEmbedded ? services.AddEmbeddedStores() : services.AddClusterStores();
    }

    private static IServiceCollection AddEmbeddedStores(this IServiceCollection services) => services
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton<IJournal, SqliteJournal>()
        .AddSingleton<ILogStore>(provider => new FileLogStore(
            provider.GetRequiredService<DatabaseOptions>().DataDirectory, provider.GetRequiredService<LogOptions>()))
        .AddSingleton<IContentStore>(provider => new FileContentStore(provider.GetRequiredService<DatabaseOptions>().DataDirectory));

    private static IServiceCollection AddClusterStores(this IServiceCollection services) => services
        .AddSingleton<PostgreSqlDatabase>()
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<PostgreSqlDatabase>())
        .AddSingleton<IJournal, PostgreSqlJournal>()
        .AddSingleton<ILogStore, PostgreSqlLogStore>()
        .AddSingleton<IContentStore, PostgreSqlContentStore>();
}
