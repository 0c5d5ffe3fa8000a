namespace Scheduler.Silo.Packages.Yaml;

/// <summary>A node of a YAML document, aliases and merge keys resolved. What aliases repeat is one object; there are no cycles.</summary>
internal abstract class YamlValue
{
    /// <summary>Counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>This node and all below, each counted again wherever an alias repeats it.</summary>
    public int Size { get; set; } = 1;

    /// <summary>Levels from here down, this one included.</summary>
    public int Depth { get; set; } = 1;
}

/// <summary>Text as its author wrote it: numbers and booleans keep their spelling.</summary>
internal sealed class YamlScalar : YamlValue
{
    public required string Text { get; init; }

    /// <summary>True for text without quotes and tags, which YAML gives a type by its looks.</summary>
    public required bool IsPlain { get; init; }

    /// <summary>True where YAML 1.1 reads nothing at all.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>Items in the order written.</summary>
internal sealed class YamlList : YamlValue
{
    public List<YamlValue> Items { get; } = [];
}

/// <summary>Entries in the order written, those taken over by <c>&lt;&lt;</c> behind them.</summary>
internal sealed class YamlMap : YamlValue
{
    public Dictionary<string, (YamlScalar Key, YamlValue Value)> Entries { get; } = new(StringComparer.Ordinal);
}
