using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Contracts.Plugins.Settings;

/// <summary>How a settings class becomes JSON and back.</summary>
internal static class SettingsJson
{
    /// <summary>New ones for each class: they keep what they know of it, and a plugin could never be unloaded.</summary>
    public static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = new DottedNames(),
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new DurationConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { UseKeys } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void UseKeys(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AttributeProvider is MemberInfo member && member.GetCustomAttribute<SettingAttribute>()?.Key is { } key)
                property.Name = key;
    }

    private sealed class DottedNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => KebabCaseLower.ConvertName(name).Replace('-', '.');
    }
}
