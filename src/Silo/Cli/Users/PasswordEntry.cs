using Spectre.Console;

namespace Scheduler.Silo.Cli.Users;

/// <summary>
/// Where a new password comes from: a prompt that shows nothing, asked twice, or a line of standard input. Never from an argument,
/// which other users of the machine can read.
/// </summary>
internal static class PasswordEntry
{
    /// <summary>The password as typed, not checked yet.</summary>
    /// <param name="isFromInput">The first line of standard input.</param>
    /// <returns>Null when none was given; why has been said.</returns>
    public static string? Read(bool isFromInput)
    {
        if (isFromInput) return ReadLine();

        if (!Console.IsInputRedirected && !Console.IsOutputRedirected) return Ask();

        Console.Error.WriteLine("There is no terminal to ask for the password: pipe it in with --password-stdin.");
        return null;
    }

    private static string? ReadLine()
    {
        if (Console.In.ReadLine() is { } line) return line;

        Console.Error.WriteLine("Standard input holds no password.");
        return null;
    }

    private static string? Ask()
    {
        var password = AnsiConsole.Prompt(Hidden("New password:"));
        if (password == AnsiConsole.Prompt(Hidden("Again:"))) return password;

        Console.Error.WriteLine("The two passwords differ; nothing was changed.");
        return null;
    }

    private static TextPrompt<string> Hidden(string question) => new TextPrompt<string>(question).Secret(null).AllowEmpty();
}
