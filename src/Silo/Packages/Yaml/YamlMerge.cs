namespace Scheduler.Silo.Packages.Yaml;

/// <summary>The merge key of YAML 1.1 (yaml.org/type/merge.html): entries of other maps, where a map has none of its own.</summary>
internal static class YamlMerge
{
    /// <summary>Null when done; else why a value cannot be merged. Of several maps the earlier one wins.</summary>
    public static string? Apply(YamlMap map, List<YamlValue> merged)
    {
        foreach (var value in merged)
        {
            if (value is not (YamlMap or YamlList)) return "'<<' takes a map or a list of maps";
            foreach (var source in value is YamlList list ? list.Items : [value])
            {
                if (source is not YamlMap other) return "'<<' takes a map or a list of maps";
                foreach (var (key, entry) in other.Entries) map.Entries.TryAdd(key, entry);
            }
        }

        return null;
    }
}
