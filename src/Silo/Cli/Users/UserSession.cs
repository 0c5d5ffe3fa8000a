using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Silo.Storage.Sqlite;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary>The users of a database, open for one verb. A server may be running on it.</summary>
internal sealed class UserSession : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private UserSession(ServiceProvider services) => this.services = services;

    public UserAdministration Administration => services.GetRequiredService<UserAdministration>();

    public UserImport Import => services.GetRequiredService<UserImport>();

    /// <summary>Who orders the changes, for the audit log: whoever started this process.</summary>
    public static string Actor { get; } = Environment.UserName;

    /// <summary>Runs the work on the users of the database the flags name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> UseAsync(ParseResult parsed, Func<UserSession, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
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
        await using var session = new UserSession(Build(configuration, database));
        return await work(session, cancellationToken);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static bool IsThere(DatabaseOptions database) =>
        File.Exists(new SqliteConnectionStringBuilder(SqliteDatabase.ConnectionStringFor(database)).DataSource);

    private static ServiceProvider Build(IConfiguration configuration, DatabaseOptions database) => new ServiceCollection()
        .AddSingleton(configuration)
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddStorage(database, new LogOptions())
        .AddUsers()
        .BuildServiceProvider();
}
