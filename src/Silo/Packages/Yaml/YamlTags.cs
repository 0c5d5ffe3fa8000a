using YamlDotNet.Core.Events;

namespace Scheduler.Silo.Packages.Yaml;

/// <summary>Only the tags of plain data are known; they change nothing, because values are taken as text.</summary>
internal static class YamlTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    private static readonly string[] Known = ["str", "int", "float", "bool", "null", "map", "seq", "merge", "timestamp"];

    /// <summary>What is wrong with the tag of a node; null when it has none or a known one.</summary>
    public static string? FaultOf(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific) return null;

        var tag = node.Tag.Value;
        var isKnown = tag.StartsWith(Prefix, StringComparison.Ordinal) && Known.Contains(tag[Prefix.Length..]);
        return isKnown ? null : $"the tag {tag} is not allowed";
    }
}
