using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Scheduler.Silo.Cli.DataSources;
using Scheduler.Silo.Cli.Plugins;
using Scheduler.Silo.Cli.Quotas;
using Scheduler.Silo.Cli.Run;
using Scheduler.Silo.Cli.Secrets;
using Scheduler.Silo.Cli.Users;
using Scheduler.Silo.Cli.Validate;

namespace Scheduler.Silo.Cli;

/// <summary>The command line: one verb, one file.</summary>
internal static class SchedulerCommand
{
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <param name="args">Without the name of the program.</param>
    /// <param name="output">For help and the version.</param>
    /// <param name="errors">For what was typed wrong and what went wrong.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var parsed = CreateRoot().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not VerbHelp)
        {
            foreach (var line in TypingErrors.Explain(parsed)) await errors.WriteLineAsync(line);
            return ExitCodes.Invalid;
        }

        try
        {
            return await parsed.InvokeAsync(Configuration(output, errors));
        }
        catch (Exception exception)
        {
            return Failures.Report(exception, parsed.GetValue(CommonOptions.Verbose), errors);
        }
    }

    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand("Runs workflows of data jobs: as a server, as a member of a cluster, or one package at a time.")
        {
            RunCommand.Create(),
            ValidateCommand.Create(),
            ServeCommand.Create(),
            MigrateCommand.Create(),
            TortureCommand.Create(),
            UserCommand.Create(),
            QuotaCommand.Create(),
            DataSourceCommand.Create(),
            SecretCommand.Create(),
            PluginCommand.Create(),
            PluginHostCommand.Create(),
        };
        root.Options.Add(CommonOptions.Verbose);
        foreach (var option in root.Options)
            if (option is HelpOption { Action: HelpAction page } help) help.Action = new VerbHelp(page);
            else if (option is VersionOption version) version.Action = new VersionLine();
        return root;
    }

    private static InvocationConfiguration Configuration(TextWriter output, TextWriter errors) => new()
    {
        Output = output,
        Error = errors,
        EnableDefaultExceptionHandler = false,
        // Each verb knows what Ctrl-C means for it; the library would end the process two seconds after one.
        ProcessTerminationTimeout = null,
    };

    /// <summary>Without the commit the build adds.</summary>
    internal static string Version { get; } =
        typeof(SchedulerCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private sealed class VersionLine : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"scheduler {Version}");
            return ExitCodes.Succeeded;
        }
    }
}
