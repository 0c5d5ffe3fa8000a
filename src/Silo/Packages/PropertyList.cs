namespace Scheduler.Silo.Packages;

/// <summary>Values that are lists: items between commas, blanks around them ignored, empty ones left out.</summary>
internal static class PropertyList
{
    /// <summary>In the order written; empty for null.</summary>
    public static IReadOnlyList<string> Split(string? value) =>
        value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Addresses of one list key and of <c>notify.emails</c>, which counts for all lists; lower case, no duplicates.</summary>
    public static IReadOnlyList<string> Emails(Func<string, string?> find, string key) =>
        [.. Split(find(key)).Concat(Split(find("notify.emails")))
            .Select(address => address.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
}
