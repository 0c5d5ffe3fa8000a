using System.CommandLine;
using Scheduler.Silo.Cli.Users;

namespace Scheduler.Silo.Cli.Secrets;

/// <summary>
/// Where the value of a secret comes from: a prompt that shows nothing, standard input, or a variable. Never from an argument, which other
/// users of the machine can read.
/// </summary>
/// <param name="word">What is asked for: <c>password</c> or <c>value</c>; front of the options.</param>
internal sealed class ValueEntry(string word)
{
    public Option<bool> FromInput { get; } = new($"--{word}-stdin")
    {
        Description = $"Takes the {word} from standard input, without the last line break, instead of asking for it",
    };

    public Option<string?> FromVariable { get; } = new($"--{word}-env")
    {
        Description = $"Takes the {word} from this environment variable",
        HelpName = "variable",
    };

    /// <returns>Null when none was given; why has been said.</returns>
    public string? Read(ParseResult parsed)
    {
        if (parsed.GetValue(FromVariable) is { } variable) return ReadVariable(variable);
        return parsed.GetValue(FromInput) ? ReadInput() : PasswordEntry.Ask(word, $"--{word}-stdin");
    }

    private static string? ReadVariable(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { } value) return value;

        Console.Error.WriteLine($"There is no environment variable '{variable}'.");
        return null;
    }

    private static string ReadInput()
    {
        var text = Console.In.ReadToEnd();
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
