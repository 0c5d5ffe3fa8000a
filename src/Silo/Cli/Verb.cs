using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduler.Silo.Cli;

/// <summary>A command with examples for its help page.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    public IList<Example> Examples { get; } = [];

    /// <summary>A verb that works on a database; where that is comes with it.</summary>
    /// <param name="name">Of the verb.</param>
    /// <param name="description">For its help page.</param>
    /// <param name="add">Registers what it needs beside storage.</param>
    /// <param name="run">Its work; returns the exit code.</param>
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="examples">For its help page.</param>
    public static Verb OnDatabase(
        string name, string description, Action<IServiceCollection> add,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run, Symbol[] symbols, params Example[] examples)
    {
        var verb = new Verb(name, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument) verb.Arguments.Add(argument);
            else if (symbol is Option option) verb.Options.Add(option);
        verb.Options.Add(CommonOptions.Data);
        verb.Options.Add(CommonOptions.Database);
        foreach (var example in examples) verb.Examples.Add(example);
        verb.SetAction((parsed, cancellationToken) =>
            DatabaseSession.UseAsync(parsed, add, (services, token) => run(parsed, services, token), cancellationToken));
        return verb;
    }
}

/// <summary>A line to type, and what it does.</summary>
internal sealed record Example(string CommandLine, string Purpose);
