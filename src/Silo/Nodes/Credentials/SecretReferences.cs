using System.Text.RegularExpressions;

namespace Scheduler.Silo.Nodes.Credentials;

/// <summary>
/// Finds <c>${secret:name}</c> in texts. Names that no secret can have are found as well, so that a slip is told of; what a shell makes of
/// its own variable <c>secret</c>, such as <c>${secret:-none}</c>, is not.
/// </summary>
internal static partial class SecretReferences
{
    private const string Front = "${secret:";

    public static IEnumerable<string> NamesIn(string text) => text.Contains(Front, StringComparison.Ordinal)
        ? Reference().Matches(text).Select(NameOf)
        : [];

    /// <param name="text">What is put in is not looked at again.</param>
    /// <param name="secrets">By name; references to others stay.</param>
    public static string Replace(string text, IReadOnlyDictionary<string, string> secrets) => text.Contains(Front, StringComparison.Ordinal)
        ? Reference().Replace(text, reference => secrets.GetValueOrDefault(NameOf(reference), reference.Value))
        : text;

    private static string NameOf(Match reference) => reference.Groups[1].Value;

    [GeneratedRegex(@"\$\{secret:([A-Za-z0-9][A-Za-z0-9._-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
