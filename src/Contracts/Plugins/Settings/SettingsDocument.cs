using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Contracts.Plugins.Settings;

/// <summary>
/// The properties of a job as the JSON document that its schema speaks of: texts become what the schema says they are. A text that
/// cannot become it stays a text, so that whoever checks the document finds it.
/// </summary>
/// <remarks>
/// A list is written with commas or line breaks between, or as a JSON array. A map is written as one property per entry: the entry
/// <c>accept</c> of <c>header</c> is <c>header.accept</c>.
/// </remarks>
public static class SettingsDocument
{
    private static readonly char[] s_betweenItems = [',', '\n'];

    /// <summary>Holds nothing that the schema does not name.</summary>
    /// <param name="schema">See <see cref="SettingsSchema"/>.</param>
    /// <param name="properties">Of the job.</param>
    public static JsonObject Of(JsonObject schema, IReadOnlyDictionary<string, string> properties)
    {
        var document = new JsonObject();
        if (schema["properties"] is not JsonObject settings) return document;

        foreach (var (key, node) in settings)
            if (ValueOf(key, node as JsonObject ?? [], properties) is { } value)
                document[key] = value;
        return document;
    }

    /// <summary>True when the property is one of the settings, or an entry of one.</summary>
    public static bool Knows(JsonObject schema, string key) =>
        schema["properties"] is JsonObject settings
        && (settings.ContainsKey(key) || settings.Any(setting => IsMap(setting.Value) && key.StartsWith($"{setting.Key}.", StringComparison.Ordinal)));

    private static JsonNode? ValueOf(string key, JsonObject schema, IReadOnlyDictionary<string, string> properties)
    {
        if (IsMap(schema)) return EntriesOf(key, properties);
        if (!properties.TryGetValue(key, out var text)) return null;

        var type = schema["type"] is JsonValue name ? name.GetValue<string>() : "string";
        if (type == "string") return JsonValue.Create(text);
        if (string.IsNullOrWhiteSpace(text)) return null;

        return type switch
        {
            "boolean" => bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : JsonValue.Create(text),
            "integer" or "number" => NumberOf(text.Trim()),
            "array" => ListOf(text.Trim()),
            _ => JsonValue.Create(text),
        };
    }

    private static JsonValue NumberOf(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return JsonValue.Create(whole);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static JsonNode ListOf(string text)
    {
        if (text[0] != '[')
            return new JsonArray([.. text.Split(s_betweenItems, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => JsonValue.Create(item))]);

        try
        {
            return JsonNode.Parse(text)!;
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static JsonObject? EntriesOf(string key, IReadOnlyDictionary<string, string> properties)
    {
        var entries = new JsonObject();
        foreach (var (name, value) in properties)
            if (name.Length > key.Length + 1 && name[key.Length] == '.' && name.StartsWith(key, StringComparison.Ordinal))
                entries[name[(key.Length + 1)..]] = value;
        return entries.Count == 0 ? null : entries;
    }

    private static bool IsMap(JsonNode? schema) => schema is JsonObject node && node.ContainsKey("additionalProperties");
}
