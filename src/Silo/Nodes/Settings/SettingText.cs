using System.Text.Json.Nodes;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Nodes.Settings;

/// <summary>Says in words what a setting should have been.</summary>
internal static class SettingText
{
    private const int LongestShown = 100;

    /// <param name="setting">The property.</param>
    /// <param name="value">As it was written; null for entries of a map.</param>
    /// <param name="schema">Of the setting; null when it has none.</param>
    /// <param name="keyword">The rule of the schema that the value breaks.</param>
    /// <param name="reason">The same as a sentence, for rules that have no words here.</param>
    public static SettingFault Fault(string setting, string? value, JsonObject? schema, string keyword, string reason)
    {
        var code = keyword switch
        {
            "type" => "settings.type",
            "enum" or "const" => "settings.enum",
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => "settings.range",
            "minLength" or "maxLength" or "minItems" or "maxItems" => "settings.length",
            "pattern" or "format" => "settings.form",
            _ => "settings.invalid",
        };
        return new(code, setting, value is not null && schema is not null && Wanted(schema) is { } wanted
            ? $"{setting}: '{Shorten(value)}' is not {wanted}"
            : $"{setting}: {reason}");
    }

    private static string? Wanted(JsonObject schema) => TextOf(schema["type"]) switch
    {
        _ when schema["enum"] is JsonArray values => $"one of {string.Join(", ", values)}",
        "integer" => $"a whole number{Range(schema, "minimum", "maximum", " from {0} to {1}", " of at least {0}", " of at most {0}")}",
        "number" => $"a number{Range(schema, "minimum", "maximum", " from {0} to {1}", " of at least {0}", " of at most {0}")}",
        "boolean" => "true or false",
        _ when TextOf(schema["pattern"]) == DurationText.Pattern => "a length of time such as 90s, 30m, 2h or 1d",
        _ when TextOf(schema["pattern"]) is { } pattern => $"of the form {pattern}",
        "string" when schema.ContainsKey("minLength") || schema.ContainsKey("maxLength") =>
            $"a text{Range(schema, "minLength", "maxLength", " of {0} to {1} characters", " of at least {0} characters", " of at most {0} characters")}",
        _ => null,
    };

    private static string Range(JsonObject schema, string least, string most, string both, string from, string to) => (schema[least], schema[most]) switch
    {
        ({ } low, { } high) => string.Format(null, both, low, high),
        ({ } low, null) => string.Format(null, from, low),
        (null, { } high) => string.Format(null, to, high),
        _ => "",
    };

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Shorten(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
}
