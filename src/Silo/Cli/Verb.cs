using System.CommandLine;

namespace Scheduler.Silo.Cli;

/// <summary>A command with examples for its help page.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    public IList<Example> Examples { get; } = [];
}

/// <summary>A line to type, and what it does.</summary>
internal sealed record Example(string CommandLine, string Purpose);
