using System.CommandLine;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user add</c>.</summary>
internal static class UserAddCommand
{
    public static Command Create() => UserCommand.CreateVerb(
        "add", "Adds a user", RunAsync,
        [UserArguments.Name, UserArguments.PasswordFromInput, UserArguments.Roles, UserArguments.Groups],
        new("scheduler user add ada --role admin", "asks for the password"),
        new("scheduler user add ada --group etl --password-stdin < secret", "for scripts"));

    private static async Task<int> RunAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(UserArguments.Name);
        if (!UserRules.IsName(name)) return UserOutcome.Report(UserChange.InvalidName, "", name);
        if (PasswordEntry.Read(parsed.GetValue(UserArguments.PasswordFromInput)) is not { } password) return ExitCodes.Invalid;

        var added = await session.Administration.AddAsync(name, password, UserSession.Actor, cancellationToken);
        var code = UserOutcome.Report(added, $"Added user '{name}'.", name);
        return code == ExitCodes.Succeeded ? await UserGrantCommand.TieAsync(parsed, session, name, cancellationToken) : code;
    }
}
