using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Cli.Plugins;

/// <summary>Plugins for a person.</summary>
internal static class PluginListing
{
    private static readonly string[] Titles = ["PLUGIN", "VERSION", "ISOLATION", "NODE TYPES"];

    /// <summary>A table of all, and below it what is wrong with the faulty ones.</summary>
    public static IEnumerable<string> ToLines(IReadOnlyList<PluginStatus> plugins)
    {
        if (plugins.Count == 0) return ["There are no plugins."];

        var rows = plugins.Select(ToCells).Prepend(Titles).ToList();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return
        [
            .. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()),
            .. plugins.Where(plugin => plugin.Fault is not null).Select(ToFault),
        ];
    }

    /// <summary>One plugin with what its node types can be told.</summary>
    public static IEnumerable<string> ToLines(PluginStatus plugin, IReadOnlyList<NodeTypeDescription> types)
    {
        if (plugin.Fault is not null) return [ToFault(plugin)];

        return
        [
            $"{plugin.Name} {plugin.Version} can be used.",
            .. types.SelectMany(type => SettingsOf(type).Prepend($"  {type.Id}  {type.Title}, {type.TitleZh}")),
        ];
    }

    private static IEnumerable<string> SettingsOf(NodeTypeDescription type)
    {
        if (type.Schema?["properties"] is not { } settings) yield break;

        foreach (var (key, setting) in settings.AsObject()) yield return $"    {key}  {setting?["title"]}".TrimEnd();
    }

    private static string ToFault(PluginStatus plugin) => $"{plugin.Name} in {plugin.Folder} cannot be used: {plugin.Fault}";

    private static string[] ToCells(PluginStatus plugin) =>
    [
        plugin.Name, plugin.Version ?? "-",
        plugin.Isolation switch { PluginIsolation.InProcess => "in-process", PluginIsolation.Process => "process", _ => "-" },
        plugin.Fault is null ? string.Join(", ", plugin.NodeTypes) : "faulty",
    ];
}
