using System.Text.RegularExpressions;

namespace Scheduler.Contracts.Projects;

/// <summary>What a new project must look like. The rules and lengths are Azkaban's.</summary>
public static partial class ProjectRules
{
    public const int MaximumNameLength = 64;
    public const int MaximumDescriptionLength = 2048;

    /// <summary>Starts with a letter, goes on with letters, digits and <c>- _ |</c>, all of them ASCII; at most 64 characters.</summary>
    public static bool IsName(string name) => name.Length <= MaximumNameLength && NamePattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z_0-9|-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
