using System.Globalization;
using System.Text.Json;

namespace Scheduler.Plugins.Http;

/// <summary>A place in a JSON document, as RFC 6901 writes it: <c>/data/0/id</c>; the empty text is the whole document.</summary>
internal static class JsonPointer
{
    public static bool IsWellFormed(string pointer) => pointer.Length == 0 || pointer[0] == '/';

    /// <returns>The text of the value: a string without its quotes, everything else as JSON. Null when nothing is there.</returns>
    public static string? Read(JsonElement document, string pointer)
    {
        var place = document;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var key = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!TryStep(place, key, out place)) return null;
        }

        return place.ValueKind == JsonValueKind.String ? place.GetString() : place.GetRawText();
    }

    private static bool TryStep(JsonElement from, string key, out JsonElement to)
    {
        to = default;
        if (from.ValueKind == JsonValueKind.Object) return from.TryGetProperty(key, out to);
        if (from.ValueKind != JsonValueKind.Array) return false;
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= from.GetArrayLength()) return false;

        to = from[index];
        return true;
    }
}
