using System.CommandLine;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Cli;

/// <summary>What was typed wrong, in words, with the nearest name there is.</summary>
internal static class TypingErrors
{
    /// <param name="parsed">With errors.</param>
    public static IEnumerable<string> Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var verbs = command.Subcommands.Select(verb => verb.Name).ToList();

        if (verbs.Count > 0 && parsed.UnmatchedTokens is [var wrong, ..] && !wrong.StartsWith('-'))
        {
            yield return $"There is no verb '{wrong}'{Hint(verbs, wrong)}";
            yield return $"Verbs: {string.Join(", ", verbs)}";
        }
        else if (parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-')) is { } option)
        {
            yield return $"There is no option '{option}'{Hint([.. OptionsOf(parsed)], option)}";
        }
        else
        {
            foreach (var message in parsed.Errors.Select(error => error.Message).Distinct()) yield return message;
        }

        yield return $"Try: {PathOf(parsed)} --help";
    }

    private static string Hint(List<string> names, string wrong) =>
        new Suggestions(names).Nearest(wrong) is { } near ? $"; did you mean '{near}'?" : ".";

    private static IEnumerable<string> OptionsOf(ParseResult parsed) => CommandsOf(parsed)
        .SelectMany((command, distance) => command.Options.Where(option => distance == 0 || option.Recursive))
        .Select(option => option.Name);

    private static string PathOf(ParseResult parsed) =>
        string.Join(' ', CommandsOf(parsed).Reverse().Select(command => command is RootCommand ? "scheduler" : command.Name));

    /// <summary>From the command that was typed up to the root.</summary>
    private static IEnumerable<Command> CommandsOf(ParseResult parsed)
    {
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
            if (result is System.CommandLine.Parsing.CommandResult command)
                yield return command.Command;
    }
}
