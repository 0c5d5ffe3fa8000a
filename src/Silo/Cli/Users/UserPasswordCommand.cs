using System.CommandLine;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user passwd</c>.</summary>
internal static class UserPasswordCommand
{
    public static Command Create() => UserCommand.CreateVerb(
        "passwd", "Sets a new password and ends the user's sessions", RunAsync,
        [UserArguments.Name, UserArguments.PasswordFromInput],
        new("scheduler user passwd ada", "asks for the password"),
        new("scheduler user passwd ada --password-stdin < secret", "for scripts"));

    private static async Task<int> RunAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(UserArguments.Name);
        if (PasswordEntry.Read(parsed.GetValue(UserArguments.PasswordFromInput)) is not { } password) return ExitCodes.Invalid;

        var change = await session.Administration.ChangePasswordAsync(name, password, UserSession.Actor, cancellationToken);
        return UserOutcome.Report(change, $"Changed the password of user '{name}'.", name);
    }
}
