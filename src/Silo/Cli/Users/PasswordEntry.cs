using System.Text;
using Microsoft.Win32.SafeHandles;

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
    public static string? Read(bool isFromInput) => isFromInput ? ReadLine() : Ask("password", "--password-stdin");

    /// <summary>What is typed at the prompt.</summary>
    /// <param name="word">What is asked for.</param>
    /// <param name="otherWay">The option for those who have no terminal.</param>
    /// <returns>Null when none was given; why has been said.</returns>
    public static string? Ask(string word, string otherWay)
    {
        if (!Console.IsInputRedirected && !Console.IsOutputRedirected) return AskTwice(word);

        Console.Error.WriteLine($"There is no terminal to ask for the {word}: pipe it in with {otherWay}.");
        return null;
    }

    private static string? ReadLine()
    {
        if (Console.In.ReadLine() is { } line) return line;

        Console.Error.WriteLine("Standard input holds no password.");
        return null;
    }

    private static string? AskTwice(string word)
    {
        Console.Out.Flush(); // Its first use sets the terminal up, which would show again what is typed.
        using var hidden = new HiddenInput();
        var typed = AskOnce($"New {word}: ");
        if (typed is not null && typed == AskOnce("Again: ")) return typed;

        Console.Error.WriteLine($"The two {word}s differ; nothing was changed.");
        return null;
    }

    /// <summary>One line of the terminal as it comes: the console's own reader would show it.</summary>
    private static string? AskOnce(string question)
    {
        Console.Write(question);
        using var line = new MemoryStream();
        using var input = new FileStream(new SafeFileHandle(HiddenInput.StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var buffer = new byte[1];
        while (input.Read(buffer) == 1 && buffer[0] is not (byte)'\n') line.WriteByte(buffer[0]);

        Console.WriteLine();
        return line.Length == 0 ? null : Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
    }
}
