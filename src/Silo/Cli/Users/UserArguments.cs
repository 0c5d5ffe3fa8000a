using System.CommandLine;

namespace Scheduler.Silo.Cli.Users;

/// <summary>Arguments and options that several verbs about users have.</summary>
internal static class UserArguments
{
    public static Argument<string> Name { get; } = new("name") { Description = "Name of the user" };

    public static Option<bool> PasswordFromInput { get; } = new("--password-stdin")
    {
        Description = "Takes the password from the first line of standard input instead of asking for it",
    };

    public static Option<string[]> Roles { get; } = new("--role") { Description = "A role, such as admin; may be repeated", HelpName = "role" };

    public static Option<string[]> Groups { get; } = new("--group") { Description = "A group; may be repeated", HelpName = "group" };
}
