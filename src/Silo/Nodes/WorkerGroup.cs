using System.Text.RegularExpressions;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// A label that silos offer and nodes ask for, with slots of its own on each silo. Pools are named by the same rule. Names are compared
/// ordinally.
/// </summary>
internal static partial class WorkerGroup
{
    /// <summary>For messages about a name that is none.</summary>
    public const string NameRule = "a name has 1 to 64 letters, digits and . _ - and starts with a letter or digit";

    public static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
