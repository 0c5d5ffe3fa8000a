using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Migrations;

namespace Scheduler.Silo.Cli;

/// <summary><c>scheduler migrate</c>: brings the schema up to date without starting a server. <c>serve</c> does the same at start.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database schema up to date") { CommonOptions.Data, CommonOptions.Database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = SchedulerHost.Build(parsed.ReadCommon());
            var applied = await DatabaseMigrator.MigrateAsync(app.Services.GetRequiredService<DatabaseOptions>(), cancellationToken);
            foreach (var script in applied) Console.WriteLine($"applied {script}");
            Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"The schema is up to date after {applied.Count} scripts.");
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
