using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Contracts.Plugins.Settings;

/// <summary>The JSON schema of a settings class: what a job may say, and how its form looks.</summary>
/// <remarks>
/// JSON Schema 2020-12, of the type <c>object</c>, with two keywords more: <c>x-widget</c>, and <c>x-zh</c> with the Chinese
/// <c>title</c> and <c>description</c>.
/// </remarks>
public static class SettingsSchema
{
    public const string WidgetKeyword = "x-widget";
    public const string ChineseKeyword = "x-zh";

    /// <summary>The schema of a settings class.</summary>
    /// <exception cref="NotSupportedException">A property has a type that no text can stand for.</exception>
    public static JsonObject Of(Type settings)
    {
        var json = SettingsJson.CreateOptions();
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = json.GetJsonSchemaAsNode(settings, options).AsObject();
        schema["type"] = "object";
        if (schema["properties"] is JsonObject properties) AddDefaults(properties, settings, json);
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var node = IsDuration(context.TypeInfo.Type) ? Duration() : schema as JsonObject;
        if (node is null) return schema;

        WithoutNull(node);
        if (context.PropertyInfo?.AttributeProvider is not MemberInfo member) return node;

        if (member.GetCustomAttribute<SettingAttribute>() is { } setting) AddTexts(node, setting);
        AddLimits(node, member);
        return node;
    }

    private static bool IsDuration(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan);

    private static JsonObject Duration() => new() { ["type"] = "string", ["pattern"] = DurationText.Pattern };

    /// <summary>A setting that is not given is absent; nobody can write null into a properties file.</summary>
    private static void WithoutNull(JsonObject node)
    {
        if (node["type"] is JsonArray types && types.Select(type => (string)type!).Where(type => type != "null").ToList() is [var only])
            node["type"] = only;
        if (node["enum"] is not JsonArray values) return;

        node["type"] ??= "string";
        foreach (var nothing in values.Where(value => value is null).ToList()) values.Remove(nothing);
    }

    private static void AddTexts(JsonObject node, SettingAttribute setting)
    {
        node["title"] = setting.Title;
        if (setting.Description is { } description) node["description"] = description;
        if (setting.Widget is { } widget) node[WidgetKeyword] = widget;
        var chinese = new JsonObject { ["title"] = setting.TitleZh };
        if (setting.DescriptionZh is { } text) chinese["description"] = text;
        node[ChineseKeyword] = chinese;
    }

    private static void AddLimits(JsonObject node, MemberInfo member)
    {
        foreach (var limit in member.GetCustomAttributes<ValidationAttribute>())
            switch (limit)
            {
                case RangeAttribute range:
                    node["minimum"] = JsonSerializer.SerializeToNode(range.Minimum);
                    node["maximum"] = JsonSerializer.SerializeToNode(range.Maximum);
                    break;
                case StringLengthAttribute length:
                    node["minLength"] = length.MinimumLength;
                    node["maxLength"] = length.MaximumLength;
                    break;
                case RegularExpressionAttribute { Pattern: var pattern }:
                    node["pattern"] = $"^(?:{pattern})$";
                    break;
                case AllowedValuesAttribute { Values: var values }:
                    node["enum"] = JsonSerializer.SerializeToNode(values);
                    break;
            }
    }

    private static void AddDefaults(JsonObject properties, Type settings, JsonSerializerOptions json)
    {
        var initial = Activator.CreateInstance(settings)!;
        foreach (var property in json.GetTypeInfo(settings).Properties)
            if (!property.IsRequired && property.Get?.Invoke(initial) is { } value && properties[property.Name] is JsonObject node)
                node["default"] = JsonSerializer.SerializeToNode(value, property.PropertyType, json);
    }
}
