using System.Text.RegularExpressions;

namespace Scheduler.Silo.Users;

/// <summary>What names of users, groups and roles, and new passwords, look like.</summary>
internal static partial class UserRules
{
    /// <summary>Characters of a name, as in Azkaban's schema.</summary>
    public const int MaximumNameLength = 64;

    /// <summary>NIST SP 800-63B's minimum for passwords that people choose. Length is the only rule, as it advises.</summary>
    public const int MinimumPasswordLength = 8;

    /// <summary>Starts with a letter or digit, goes on with those and <c>. _ @ + -</c>: safe in a URL, a log line, a shell and a table.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>True for a password somebody may choose now. Stored and imported ones may be shorter.</summary>
    public static bool IsNewPassword(string password) =>
        password.Length is >= MinimumPasswordLength and <= Passwords.MaximumLength;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
