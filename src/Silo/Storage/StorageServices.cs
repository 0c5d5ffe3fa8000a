using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Silo.Storage.Content;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.PostgreSql;
using Scheduler.Silo.Storage.Retention;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Storage;

/// <summary>Puts the stores together: embedded or cluster, all of one kind. The schema must be up to date before any is used.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseOptions database, LogOptions logs) =>
        (database.IsEmbedded ? services.AddEmbedded(database, logs) : services.AddCluster(database, logs)).AddRetention();

    private static IServiceCollection AddEmbedded(this IServiceCollection services, DatabaseOptions options, LogOptions logs) => services
        .AddSingleton(_ => new SqliteDatabase(options))
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton<IJournal, SqliteJournal>()
        .AddSingleton<ILogStore>(_ => new FileLogStore(options.DataDirectory, logs))
        .AddSingleton<IContentStore>(_ => new FileContentStore(options.DataDirectory))
        .AddSingleton<ISweepTurn, EmbeddedSweepTurn>()
        .AddSingleton<IHistory>(provider => new FileLogHistory(provider.GetRequiredService<IDatabase>(), options.DataDirectory))
        .AddSingleton<IHistory>(provider => new ExecutionHistory(provider.GetRequiredService<IDatabase>(), partitions: null));

    private static IServiceCollection AddCluster(this IServiceCollection services, DatabaseOptions options, LogOptions logs) => services
        .AddSingleton(provider => new PostgreSqlDatabase(options, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<PostgreSqlDatabase>())
        .AddSingleton<IJournal>(provider => new PostgreSqlJournal(
            provider.GetRequiredService<PostgreSqlDatabase>(), options, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgreSqlJournal>>()))
        .AddSingleton<ILogStore>(provider => new PostgreSqlLogStore(
            provider.GetRequiredService<PostgreSqlDatabase>(), options, logs, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgreSqlLogStore>>()))
        .AddSingleton<IContentStore, PostgreSqlContentStore>()
        .AddSingleton<ISweepTurn, PostgreSqlSweepTurn>()
        .AddSingleton<IHistory, PostgreSqlLogHistory>()
        .AddSingleton<IHistory>(provider => new ExecutionHistory(
            provider.GetRequiredService<IDatabase>(),
            new PartitionedTable(provider.GetRequiredService<PostgreSqlDatabase>(), "execution_event")));

    private static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<RetentionService>().AddHostedService(provider => provider.GetRequiredService<RetentionService>());
    }
}
