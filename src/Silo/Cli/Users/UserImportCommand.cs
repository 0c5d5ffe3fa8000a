using System.CommandLine;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary><c>scheduler user import</c>: takes over the users of an Azkaban server.</summary>
internal static class UserImportCommand
{
    private static readonly Argument<FileInfo> UsersFile = new("file") { Description = "Azkaban's azkaban-users.xml" };

    public static Command Create() => UserCommand.CreateVerb(
        "import", "Takes over users, roles and groups from an azkaban-users.xml; may be repeated", RunAsync, [UsersFile],
        new Example("scheduler user import /opt/azkaban/conf/azkaban-users.xml", "passwords of known users stay as they are"));

    private static async Task<int> RunAsync(ParseResult parsed, UserSession session, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(UsersFile);
        AzkabanUsers users;
        try
        {
            await using var xml = file.OpenRead();
            users = AzkabanUsersXml.Read(xml);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"'{file}' cannot be taken over: {exception.Message}");
            return ExitCodes.Invalid;
        }

        return Report(await session.Import.RunAsync(users, UserSession.Actor, cancellationToken));
    }

    private static int Report(UserImportReport report)
    {
        if (report.Added.Count > 0) Console.WriteLine($"Added: {string.Join(", ", report.Added)}");
        if (report.Kept.Count > 0) Console.WriteLine($"Known already, password kept: {string.Join(", ", report.Kept)}");
        foreach (var refused in report.Refused) Console.Error.WriteLine($"Not taken over: {refused}");
        return report.Refused.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
