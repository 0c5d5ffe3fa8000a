using System.CommandLine;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user disable</c> and <c>enable</c>: keeps a user out without forgetting them.</summary>
internal static class UserAccessCommand
{
    public static Command CreateDisable() => UserCommand.CreateVerb(
        "disable", "Keeps a user out and ends their sessions", DisableAsync, [UserArguments.Name],
        new Example("scheduler user disable ada", "may be taken back with enable"));

    public static Command CreateEnable() => UserCommand.CreateVerb(
        "enable", "Lets a disabled user in again", EnableAsync, [UserArguments.Name],
        new Example("scheduler user enable ada", "with the password and rights from before"));

    private static async Task<int> DisableAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(UserArguments.Name);
        var change = await session.Administration.DisableAsync(name, UserSession.Actor, cancellationToken);
        return UserOutcome.Report(change, $"Disabled user '{name}'.", name);
    }

    private static async Task<int> EnableAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(UserArguments.Name);
        var change = await session.Administration.EnableAsync(name, UserSession.Actor, cancellationToken);
        return UserOutcome.Report(change, $"Enabled user '{name}'.", name);
    }
}
