using Scheduler.Silo.Users;

namespace Scheduler.Silo.Cli.Users;

/// <summary>What became of a change of users, in words and as an exit code.</summary>
internal static class UserOutcome
{
    /// <param name="change">What became of it.</param>
    /// <param name="done">The sentence for success.</param>
    /// <param name="user">The user it was about.</param>
    /// <param name="role">The role it was about; null when there was none.</param>
    public static int Report(UserChange change, string done, string user, string? role = null)
    {
        if (change == UserChange.Done) Console.WriteLine(done);
        else Console.Error.WriteLine(ToText(change, user, role));
        return ExitCodeOf(change);
    }

    public static string ToText(UserChange change, string user, string? role = null) => change switch
    {
        UserChange.Done => "Done.",
        UserChange.UnknownUser => $"There is no user '{user}'.",
        UserChange.UnknownRole => $"There is no role '{role}'.",
        UserChange.AlreadyExists => $"There is a user '{user}' already.",
        UserChange.InvalidName =>
            $"A name has 1 to {UserRules.MaximumNameLength} letters, digits and . _ @ + - and starts with a letter or digit.",
        UserChange.InvalidPassword => $"A password has {UserRules.MinimumPasswordLength} to {Passwords.MaximumLength} characters.",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    /// <summary>Names and passwords that can never be are the caller's mistake; the rest depends on what the database holds.</summary>
    public static int ExitCodeOf(UserChange change) => change switch
    {
        UserChange.Done => ExitCodes.Succeeded,
        UserChange.InvalidName or UserChange.InvalidPassword => ExitCodes.Invalid,
        _ => ExitCodes.Failed,
    };
}
