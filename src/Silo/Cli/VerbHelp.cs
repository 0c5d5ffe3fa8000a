using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Scheduler.Silo.Cli;

/// <summary>The usual help page, with the verb's examples below it.</summary>
internal sealed class VerbHelp(HelpAction page) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not Verb { Examples: { Count: > 0 } examples }) return code;

        var output = parseResult.InvocationConfiguration.Output;
        var width = examples.Max(example => example.CommandLine.Length);
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  {example.CommandLine.PadRight(width)}  {example.Purpose}");
        output.WriteLine();
        return code;
    }
}
