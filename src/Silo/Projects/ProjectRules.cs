using System.Text.RegularExpressions;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Silo.Projects;

/// <summary>What names and entries of projects look like. The lengths are those of Azkaban's schema.</summary>
internal static partial class ProjectRules
{
    public const int MaximumNameLength = 64;
    public const int MaximumDescriptionLength = 2048;

    /// <summary>Characters of a user, group or operating-system user in an entry.</summary>
    public const int MaximumPrincipalLength = 64;

    /// <summary>Starts with a letter, goes on with letters, digits and <c>- _ |</c>, all of them ASCII: Azkaban's rule.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>What makes two names the same. Names are ASCII, so this is the whole of case folding.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    /// <summary>The entry as it is stored: admin implies everything, so it stands alone.</summary>
    public static Grant Normalize(Grant grant) =>
        grant.Permissions.HasFlag(Permissions.Admin) ? grant with { Permissions = Permissions.Admin } : grant;

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z_0-9|-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
