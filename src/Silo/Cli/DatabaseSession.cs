using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Silo.Storage.Sqlite;

namespace Scheduler.Silo.Cli;

/// <summary>A database, open for one verb that needs no server. A server may be running on it.</summary>
internal static class DatabaseSession
{
    /// <summary>Who orders the changes, for the audit log: whoever started this process.</summary>
    public static string Actor { get; } = Environment.UserName;

    /// <summary>Runs the work on the database the flags name.</summary>
    /// <param name="parsed">With the flags.</param>
    /// <param name="add">Registers what the work needs beside storage.</param>
    /// <param name="work">Returns the exit code.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> UseAsync(
        ParseResult parsed, Action<IServiceCollection> add, Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken)
    {
        var configuration = CliConfiguration.Read(parsed.ReadCommon());
        var database = CliConfiguration.ReadDatabase(configuration);
        if (database.IsEmbedded && !IsThere(database))
        {
            // A mistyped folder must not become a new database that nobody looks into.
            await Console.Error.WriteLineAsync($"There is no database in '{database.DataDirectory}'. 'scheduler serve' or 'scheduler migrate' makes one.");
            return ExitCodes.Invalid;
        }

        await DatabaseMigrator.MigrateAsync(database, cancellationToken);
        await using var services = Build(configuration, database, add);
        return await work(services, cancellationToken);
    }

    private static bool IsThere(DatabaseOptions database) =>
        File.Exists(new SqliteConnectionStringBuilder(SqliteDatabase.ConnectionStringFor(database)).DataSource);

    private static ServiceProvider Build(IConfiguration configuration, DatabaseOptions database, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection()
            .AddSingleton(configuration)
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddStorage(database, new LogOptions());
        add(services);
        return services.BuildServiceProvider();
    }
}
