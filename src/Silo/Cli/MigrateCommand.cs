using System.CommandLine;
using Scheduler.Silo.Storage.Migrations;

namespace Scheduler.Silo.Cli;

/// <summary><c>scheduler migrate</c>: brings the schema up to date without starting a server. <c>serve</c> does the same at start.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Verb("migrate", "Brings the database schema up to date") { CommonOptions.Data, CommonOptions.Database };
        command.Examples.Add(new("scheduler migrate --data /var/lib/scheduler", "the embedded database in a folder"));
        command.Examples.Add(new("scheduler migrate --database \"Host=db;Database=scheduler;Username=scheduler\"", "PostgreSQL"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var applied = await DatabaseMigrator.MigrateAsync(CliConfiguration.ReadDatabase(parsed.ReadCommon()), cancellationToken);
            foreach (var script in applied) Console.WriteLine($"applied {script}");
            Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"The schema is up to date after {applied.Count} scripts.");
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
