using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Silo.Nodes.Credentials;

/// <summary>A setting that names a data source.</summary>
/// <param name="Key">Of the property.</param>
/// <param name="Default">What counts without it; null for nothing.</param>
internal sealed record DataSourceSetting(string Key, string? Default);

/// <summary>Which settings of a node type name data sources, by its schema: so it is all one where its plugin runs.</summary>
internal static class DataSourceSettings
{
    /// <param name="schema">See <see cref="NodeTypeDescription.Schema"/>.</param>
    public static IReadOnlyList<DataSourceSetting> In(JsonObject? schema)
    {
        if (schema?["properties"] is not JsonObject properties) return [];

        return
        [
            .. properties.Where(setting => IsDataSource(setting.Value))
                .Select(setting => new DataSourceSetting(setting.Key, DefaultOf(setting.Value!))),
        ];
    }

    /// <summary>The data sources that a node names.</summary>
    public static IEnumerable<string> NamesIn(IEnumerable<DataSourceSetting> settings, IReadOnlyDictionary<string, string> properties) => settings
        .Select(setting => properties.GetValueOrDefault(setting.Key) ?? setting.Default)
        .Where(name => !string.IsNullOrEmpty(name)).OfType<string>().Distinct(StringComparer.Ordinal);

    private static bool IsDataSource(JsonNode? setting) => setting is JsonObject && (string?)setting[SettingsSchema.WidgetKeyword] == Widgets.DataSource;

    private static string? DefaultOf(JsonNode setting) => (string?)setting["default"] is { Length: > 0 } value ? value : null;
}
