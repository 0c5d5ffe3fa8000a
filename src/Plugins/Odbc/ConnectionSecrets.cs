using System.Text.RegularExpressions;

namespace Scheduler.Plugins.Odbc;

/// <summary>Finds the values of a connection string that nobody may read in a message.</summary>
internal static partial class ConnectionSecrets
{
    /// <returns>The longest first, so that one inside another leaves nothing behind.</returns>
    public static IReadOnlyList<string> Of(string connectionString) =>
        [.. Pairs().Matches(connectionString)
            .Where(pair => SecretKey().IsMatch(pair.Groups["key"].Value))
            .SelectMany(pair => Spellings(pair.Groups["value"].Value.Trim()))
            .Where(value => value.Length > 0)
            .Distinct()
            .OrderByDescending(value => value.Length)];

    // A value with special characters stands in braces, where } is doubled.
    private static string[] Spellings(string value) =>
        value is ['{', .. var inner, '}'] ? [value, inner, inner.Replace("}}", "}")] : [value];

    [GeneratedRegex(@"(?<key>[^=;]+)=(?<value>\s*\{(?:[^}]|\}\})*\}|[^;]*)")]
    private static partial Regex Pairs();

    [GeneratedRegex("pwd|pass|secret|token|key|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretKey();
}
