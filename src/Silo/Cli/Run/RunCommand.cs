using System.CommandLine;

namespace Scheduler.Silo.Cli.Run;

/// <summary><c>scheduler run</c>: runs one workflow of a package in this process, without a server.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Package = new("package") { Description = "A zip archive or a folder" };

    private static readonly Option<string?> Flow = new("--flow")
    {
        Description = "The workflow to run; may be left out when only one is not embedded in another",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A parameter as name=value; may be repeated",
        HelpName = "name=value",
    };

    private static readonly Option<string[]> Disable = new("--disable")
    {
        Description = "A node to pass over, such as load or load:extract; may be repeated",
        HelpName = "node",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder to keep the execution and its logs in (default: a temporary one, removed at the end)",
    };

    private static readonly Option<bool> Plain = new("--plain") { Description = "Lines of text instead of a live display" };

    static RunCommand() => Set.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                result.AddError($"'{token.Value}' is no parameter; write --set name=value.");
    });

    public static Command Create()
    {
        var command = new Verb("run", "Runs a workflow of a package here, without a server")
        {
            Package, Flow, Set, Disable, Data, Plain,
        };
        command.Examples.Add(new("scheduler run examples/diamond", "run the only workflow of a folder"));
        command.Examples.Add(new("scheduler run sales.zip --flow nightly --set day=2026-03-01", "choose a workflow, set a parameter"));
        command.Examples.Add(new("scheduler run sales.zip --flow nightly --disable mail --data ./runs", "pass over a node, keep the logs"));
        command.SetAction((parsed, _) => new RunSession(Read(parsed), TimeProvider.System).RunAsync());
        return command;
    }

    /// <summary>Of parameters given twice the last one counts.</summary>
    internal static RunOrder Read(ParseResult parsed)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(Set) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            parameters[pair[..equals]] = pair[(equals + 1)..];
        }

        // Logs between the lines of a live display would tear it.
        var isVerbose = parsed.GetValue(CommonOptions.Verbose);
        return new RunOrder(
            parsed.GetRequiredValue(Package), parsed.GetValue(Flow), parameters, parsed.GetValue(Disable) ?? [], parsed.GetValue(Data),
            parsed.GetValue(Plain) || isVerbose, isVerbose);
    }
}
