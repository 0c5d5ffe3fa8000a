using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;

namespace Scheduler.Silo.Nodes.Credentials;

/// <summary>A setting that names a data source.</summary>
/// <param name="Key">Of the property.</param>
/// <param name="Default">What counts without it; null for nothing.</param>
internal sealed record DataSourceSetting(string Key, string? Default);

/// <summary>Which settings of a node type name data sources, read from the schema of its plugin once.</summary>
internal sealed class DataSourceSettings
{
    /// <summary>Weak, so that plugins that are loaded anew can go.</summary>
    private readonly ConditionalWeakTable<Type, IReadOnlyDictionary<string, IReadOnlyList<DataSourceSetting>>> byPlugin = [];

    public IReadOnlyList<DataSourceSetting> Of(INodePlugin plugin, string nodeType) =>
        byPlugin.GetValue(plugin.GetType(), Read).GetValueOrDefault(nodeType, []);

    private static Dictionary<string, IReadOnlyList<DataSourceSetting>> Read(Type plugin) =>
        plugin.GetCustomAttributes<NodeTypeAttribute>().ToDictionary(type => type.Id, type => Find(type.Settings), StringComparer.Ordinal);

    private static IReadOnlyList<DataSourceSetting> Find(Type? settings)
    {
        if (settings is null || SettingsSchema.Of(settings)["properties"] is not JsonObject properties) return [];

        return
        [
            .. properties.Where(setting => IsDataSource(setting.Value))
                .Select(setting => new DataSourceSetting(setting.Key, DefaultOf(setting.Value!))),
        ];
    }

    private static bool IsDataSource(JsonNode? setting) => (string?)setting?[SettingsSchema.WidgetKeyword] == Widgets.DataSource;

    private static string? DefaultOf(JsonNode setting) => (string?)setting["default"] is { Length: > 0 } value ? value : null;
}
