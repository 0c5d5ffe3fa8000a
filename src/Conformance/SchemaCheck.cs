using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Conformance;

/// <summary>Checks values against a schema that <see cref="SettingsSchema"/> has made: the keywords it uses, and no others.</summary>
internal static class SchemaCheck
{
    /// <summary>What is wrong with the settings of a job.</summary>
    public static IEnumerable<string> Faults(JsonObject schema, IReadOnlyDictionary<string, string> properties)
    {
        var document = SettingsDocument.Of(schema, properties);
        foreach (var key in schema["required"]?.AsArray() ?? [])
            if (!document.ContainsKey((string)key!)) yield return $"{key} is required";
        foreach (var (key, value) in document)
            foreach (var fault in Faults(schema["properties"]![key]!.AsObject(), key, value!)) yield return fault;
    }

    /// <summary>What is wrong with one value.</summary>
    public static IEnumerable<string> Faults(JsonObject schema, string place, JsonNode value)
    {
        if (schema["type"] is JsonValue type && !IsOfType((string)type!, value)) return [$"{place} is no {type}: {value.ToJsonString()}"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            return [$"{place} is none of {allowed.ToJsonString()}: {value.ToJsonString()}"];

        return value switch
        {
            JsonArray list when schema["items"] is JsonObject items => list.SelectMany((item, i) => Faults(items, $"{place}[{i}]", item!)),
            JsonObject map when schema["additionalProperties"] is JsonObject entries =>
                map.SelectMany(entry => Faults(entries, $"{place}.{entry.Key}", entry.Value!)),
            JsonValue single when single.GetValueKind() == JsonValueKind.String => TextFaults(schema, place, (string)single!),
            JsonValue single when single.GetValueKind() == JsonValueKind.Number => NumberFaults(schema, place, Number(single)),
            _ => [],
        };
    }

    /// <summary>Whether one property of a job can hold it, or one property per entry.</summary>
    public static bool HasText(JsonObject schema) => (string?)schema["type"] switch
    {
        "array" => schema["items"] is JsonObject items && IsSingle(items),
        "object" => schema["additionalProperties"] is JsonObject entries && IsSingle(entries),
        _ => IsSingle(schema),
    };

    private static bool IsSingle(JsonObject schema) => (string?)schema["type"] is "string" or "boolean" or "integer" or "number";

    private static bool IsOfType(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(Number(value)),
        _ => false,
    };

    private static IEnumerable<string> TextFaults(JsonObject schema, string place, string text)
    {
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!)) yield return $"{place} does not match {pattern}: '{text}'";
        if (schema["minLength"] is { } min && text.Length < (int)min) yield return $"{place} has fewer than {min} characters";
        if (schema["maxLength"] is { } max && text.Length > (int)max) yield return $"{place} has more than {max} characters";
    }

    private static IEnumerable<string> NumberFaults(JsonObject schema, string place, double number)
    {
        if (schema["minimum"] is { } min && number < Number(min)) yield return $"{place} is below {min}: {number}";
        if (schema["maximum"] is { } max && number > Number(max)) yield return $"{place} is above {max}: {number}";
    }

    private static double Number(JsonNode value) => JsonSerializer.Deserialize<double>(value.ToJsonString());
}
