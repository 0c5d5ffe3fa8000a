using System.CommandLine;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user grant</c>: gives a user roles, groups and proxies, or takes them back.</summary>
internal static class UserGrantCommand
{
    private static readonly Option<string[]> Proxies = new("--proxy")
    {
        Description = "A user they may name as proxy user of a project; may be repeated",
        HelpName = "user",
    };

    private static readonly Option<bool> Revoke = new("--revoke") { Description = "Takes back instead of giving" };

    public static Command Create() => UserCommand.CreateVerb(
        "grant", "Gives a user roles, groups and proxies, or takes them back", RunAsync,
        [UserArguments.Name, UserArguments.Roles, UserArguments.Groups, Proxies, Revoke],
        new("scheduler user grant ada --role admin --group etl", "gives both"),
        new("scheduler user grant ada --role admin --revoke", "takes the role back"));

    /// <summary>Gives what the flags name, in the order of the flags' names; stops at the first that cannot be given.</summary>
    public static async Task<int> TieAsync(ParseResult parsed, UserSession session, string user, CancellationToken cancellationToken)
    {
        var isRevoked = parsed.GetValue(Revoke);
        foreach (var tie in TiesOf(parsed, user))
        {
            var change = isRevoked
                ? await session.Administration.RemoveAsync(tie, UserSession.Actor, cancellationToken)
                : await session.Administration.SetAsync(tie, UserSession.Actor, cancellationToken);
            var code = UserOutcome.Report(change, isRevoked ? $"No longer: {tie}." : $"Now {tie}.", user, (tie as UserTie.HasRole)?.Role);
            if (code != ExitCodes.Succeeded) return code;
        }

        return ExitCodes.Succeeded;
    }

    private static async Task<int> RunAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(UserArguments.Name);
        if (TiesOf(parsed, name).Any()) return await TieAsync(parsed, session, name, cancellationToken);

        await Console.Error.WriteLineAsync("Name at least one --role, --group or --proxy.");
        return ExitCodes.Invalid;
    }

    private static IEnumerable<UserTie> TiesOf(ParseResult parsed, string user)
    {
        foreach (var role in parsed.GetValue(UserArguments.Roles) ?? []) yield return new UserTie.HasRole(user, role);
        foreach (var group in parsed.GetValue(UserArguments.Groups) ?? []) yield return new UserTie.InGroup(user, group);
        foreach (var proxy in parsed.GetValue(Proxies) ?? []) yield return new UserTie.MayActAs(user, proxy);
    }
}
