using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Hive;

/// <summary>What an Azkaban job of type <c>hive</c> asks for.</summary>
/// <param name="ScriptPath">As written, not yet looked up; null for an inline query.</param>
/// <param name="Query">Null for a script.</param>
/// <param name="Variables">From <c>hivevar.x</c>, without the front.</param>
/// <param name="Settings">From <c>hiveconf.x</c>, without the front.</param>
internal sealed record HiveJob(
    string? ScriptPath, string? Query, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, string> Settings)
{
    private const string ScriptKey = "hive.script";
    private const string UrlKey = "hive.query.url";
    private const string QueryKey = "hive.query";
    private const string ActionKey = "azk.hive.action";
    private const string OnlyAction = "execute.query";
    private const string LineFront = QueryKey + ".";

    private static readonly string[] s_paths = ["script.file", ScriptKey, "hive.query.file"];
    private static readonly string[] s_queries = ["script", QueryKey];

    private static readonly HiveJob s_none = new(null, null, new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>
    /// Besides <c>script</c> and <c>script.file</c>. Azkaban had two plugins of this name: one runs the file <c>hive.script</c>, the other
    /// one <c>hive.query</c>, the lines <c>hive.query.00</c> to <c>hive.query.99</c> or <c>hive.query.file</c>.
    /// </summary>
    /// <param name="properties">Of the attempt.</param>
    /// <param name="job">Of no meaning when there is a failure.</param>
    public static NodeResult.Failed? Read(IReadOnlyDictionary<string, string> properties, out HiveJob job)
    {
        job = s_none;
        if (properties.GetValueOrDefault(ActionKey, OnlyAction) is var action && action != OnlyAction)
            return Failure("hive.unsupported-action", $"{ActionKey}={action} is not supported; only {OnlyAction} is");
        if (properties.ContainsKey(UrlKey))
            return Failure("hive.query-from-url", $"{UrlKey} is not supported; put the script into the package and name it in {ScriptKey}");
        if (properties.Keys.Where(IsBadLine).Order(StringComparer.Ordinal).FirstOrDefault() is { } badLine)
            return Failure("hive.bad-line", $"{badLine} would be left out: lines of a query have two digits, from {QueryKey}.00 to {QueryKey}.99");
        if (properties.Keys.FirstOrDefault(key => key is "hivevar." or "hiveconf.") is { } nameless)
            return Failure("hive.nameless-variable", $"The property '{nameless}' has no name behind the dot");

        var lines = Lines(properties);
        bool IsGiven(string key) => !string.IsNullOrWhiteSpace(properties.GetValueOrDefault(key));
        string[] given = [.. s_paths.Concat(s_queries).Where(IsGiven), .. lines.Keys.Take(1)];
        if (given.Length == 0) return Failure("hive.no-script", $"Set one of {string.Join(", ", s_queries.Concat(s_paths))}");
        if (given.Length > 1)
            return Failure("hive.several-scripts", $"{string.Join(", ", given)} contradict each other; set only one of them");

        var isPath = s_paths.Contains(given[0]);
        var text = lines.Count > 0 ? string.Join('\n', lines.Values) : properties[given[0]];
        job = new(isPath ? text.Trim() : null, isPath ? null : text, Under(properties, "hivevar."), Under(properties, "hiveconf."));
        return null;
    }

    private static SortedDictionary<string, string> Lines(IReadOnlyDictionary<string, string> properties) =>
        new(properties.Where(property => LineNumber(property.Key).Length == 2).ToDictionary(), StringComparer.Ordinal);

    private static bool IsBadLine(string key) => LineNumber(key).Length is not (0 or 2);

    /// <returns>The digits behind <c>hive.query.</c>; empty for every other key.</returns>
    private static string LineNumber(string key) =>
        key.StartsWith(LineFront, StringComparison.Ordinal) && key.AsSpan(LineFront.Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? key[LineFront.Length..]
            : "";

    private static Dictionary<string, string> Under(IReadOnlyDictionary<string, string> properties, string front) => properties
        .Where(property => property.Key.StartsWith(front, StringComparison.Ordinal))
        .ToDictionary(property => property.Key[front.Length..], property => property.Value);

    private static NodeResult.Failed Failure(string code, string message) => new(code, message, CanRetry: false);
}
