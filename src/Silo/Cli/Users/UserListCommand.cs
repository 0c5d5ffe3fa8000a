using System.CommandLine;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user list</c>: all users, disabled ones included, ordered by name.</summary>
internal static class UserListCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document instead of a table" };

    public static Command Create() => UserCommand.CreateVerb(
        "list", "Lists all users", RunAsync, [Json],
        new("scheduler user list", "a table"),
        new("scheduler user list --json", "for programs"));

    private static async Task<int> RunAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var users = await session.Administration.ListAsync(cancellationToken);
        if (parsed.GetValue(Json)) Console.WriteLine(UserListing.ToJson(users));
        else foreach (var line in UserListing.ToTable(users)) Console.WriteLine(line);
        return ExitCodes.Succeeded;
    }
}
