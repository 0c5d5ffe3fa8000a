using System.CommandLine;

namespace Scheduler.Silo.Cli;

/// <summary>The command line: one verb, one file.</summary>
internal static class SchedulerCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Runs workflows of data jobs: as a server, as a member of a cluster, or one package at a time.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
        };

        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();

        PrintErrors(parsed);
        return ExitCodes.Invalid;
    }

    private static void PrintErrors(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine($"Try: {parsed.RootCommandResult.Command.Name} {CommandPath(parsed)}--help");
    }

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
}
