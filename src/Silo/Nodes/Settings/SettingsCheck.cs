using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Plugins.Settings;
using Scheduler.Silo.Nodes.Parameters;

namespace Scheduler.Silo.Nodes.Settings;

/// <summary>
/// Judges the properties of a node by the schema of its node type. A value with a reference is not judged: what it becomes is known only
/// when the node runs, and what a secret becomes is nobody's business.
/// </summary>
/// <remarks>Made once per node type and used for every node, so settings that any text satisfies cost nothing but a look-up.</remarks>
internal sealed class SettingsCheck
{
    private static readonly FrozenSet<string> Remarks =
        new[] { "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", SettingsSchema.WidgetKeyword, SettingsSchema.ChineseKeyword }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Hints for forms are keywords too.</summary>
    private static readonly Dialect OpenDialect = Dialect.Draft202012.With([], allowUnknownKeywords: true);

    private readonly JsonObject schema;
    private readonly JsonObject settings;
    private readonly IReadOnlyList<string> required;
    private readonly FrozenSet<string> free;
    private readonly bool hasRulesOfTheWhole;
    private readonly JsonSchema rules;

    /// <param name="schema">See <see cref="SettingsSchema"/>; kept, and not changed.</param>
    /// <exception cref="JsonSchemaException">It is no JSON schema.</exception>
    public SettingsCheck(JsonObject schema)
    {
        this.schema = schema;
        settings = schema["properties"] as JsonObject ?? [];
        required = [.. (schema["required"] as JsonArray ?? []).Select(name => (string)name!)];
        free = settings.Where(setting => IsFree(setting.Value)).Select(setting => setting.Key).ToFrozenSet(StringComparer.Ordinal);
        hasRulesOfTheWhole = schema.Any(keyword => keyword.Key is not ("type" or "properties" or "required") && !Remarks.Contains(keyword.Key));

        var judged = (JsonObject)schema.DeepClone();
        foreach (var keyword in (string[])["required", "$schema", "$id"]) judged.Remove(keyword);
        rules = JsonSchema.Build(
            JsonSerializer.SerializeToElement(judged), new BuildOptions { Dialect = OpenDialect, SchemaRegistry = new SchemaRegistry() });
    }

    /// <summary>Everything that is wrong, at most one fault for a setting.</summary>
    public IReadOnlyList<SettingFault> FindFaults(IReadOnlyDictionary<string, string> properties)
    {
        var document = SettingsDocument.Of(schema, properties);
        var faults = required.Where(key => !document.ContainsKey(key)).Select(SettingFault.Missing).ToList();

        var isOpen = RemoveReferences(document);
        if (hasRulesOfTheWhole || document.Any(setting => !free.Contains(setting.Key))) faults.AddRange(Judge(document, properties, isOpen));
        return faults;
    }

    /// <summary>True when the property is a setting, or an entry of one.</summary>
    public bool Knows(string key) => SettingsDocument.Knows(schema, key);

    /// <summary>The setting that an unknown property was probably meant to be; null when it is one, or is like none.</summary>
    public string? FindMeant(string key) =>
        Knows(key) || settings.Any(setting => key.StartsWith($"{setting.Key}.", StringComparison.Ordinal))
            ? null
            : NameDistance.Nearest(key, settings.Select(setting => setting.Key));

    private List<SettingFault> Judge(JsonObject document, IReadOnlyDictionary<string, string> properties, bool isOpen)
    {
        var results = rules.Evaluate(JsonSerializer.SerializeToElement(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (results.IsValid) return [];

        var faults = (results.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => (Setting: FirstPart(detail.InstanceLocation.ToString()), Error: detail.Errors!.First()))
            .Where(fault => fault.Setting is not null || !isOpen)
            .DistinctBy(fault => fault.Setting)
            .Select(fault => fault.Setting is { } key
                ? SettingText.Fault(key, properties.GetValueOrDefault(key), settings[key] as JsonObject, fault.Error.Key, fault.Error.Value)
                : SettingFault.OfAll(fault.Error.Value))
            .ToList();
        return faults.Count > 0 || isOpen ? faults : [SettingFault.OfAll("the node type allows no such combination")];
    }

    /// <summary>Takes out what cannot be judged yet.</summary>
    /// <returns>True when there was anything.</returns>
    private static bool RemoveReferences(JsonObject document)
    {
        var open = document.Where(setting => HoldsReference(setting.Value)).Select(setting => setting.Key).ToList();
        foreach (var key in open) document.Remove(key);
        return open.Count > 0;
    }

    private static bool HoldsReference(JsonNode? value) => value switch
    {
        JsonValue text => text.TryGetValue<string>(out var written) && ReferenceScanner.MayHold(written),
        JsonArray items => items.Any(HoldsReference),
        JsonObject entries => entries.Any(entry => HoldsReference(entry.Value)),
        _ => false,
    };

    private static bool IsFree(JsonNode? setting) =>
        setting is JsonObject keywords && keywords.All(keyword => Remarks.Contains(keyword.Key) || (keyword.Key == "type" && IsString(keyword.Value)));

    private static bool IsString(JsonNode? type) => type is JsonValue name && name.TryGetValue<string>(out var text) && text == "string";

    /// <summary>Null for the whole document.</summary>
    private static string? FirstPart(string pointer) =>
        pointer.Length == 0 ? null : pointer.Split('/')[1].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
