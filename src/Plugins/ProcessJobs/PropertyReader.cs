using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>Typed values of resolved properties. Each reader gives the value, or the failure that the attempt ends with.</summary>
internal static class PropertyReader
{
    /// <summary>True for the word <c>true</c> in any case, false for everything else, as Java reads it.</summary>
    public static bool IsTrue(this IReadOnlyDictionary<string, string> properties, string key) =>
        properties.TryGetValue(key, out var text) && text.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <param name="properties">Of the attempt.</param>
    /// <param name="key">Milliseconds, 0 to one day.</param>
    /// <param name="value">Null when the property is not set or blank.</param>
    public static NodeResult.Failed? ReadMilliseconds(
        this IReadOnlyDictionary<string, string> properties, string key, out TimeSpan? value)
    {
        value = null;
        if (!properties.TryGetValue(key, out var text) || string.IsNullOrWhiteSpace(text)) return null;

        if (!long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number is < 0 or > 86_400_000)
        {
            return new("property.bad-number", $"{key} must be a number of milliseconds from 0 to 86400000, not '{text}'", CanRetry: false);
        }

        value = TimeSpan.FromMilliseconds(number);
        return null;
    }

    /// <summary>The failure of a job without a property that it cannot do without.</summary>
    public static NodeResult.Failed Missing(string key) =>
        new("property.missing", $"Missing required property '{key}'", CanRetry: false);
}
