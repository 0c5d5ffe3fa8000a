using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Silo.Packages.Yaml;

/// <summary>Turns the parser's events into one tree, with its own stack and within limits of depth and size.</summary>
internal sealed class YamlTreeBuilder(int maxDepth, int maxNodes)
{
    private readonly Stack<Frame> open = new();
    private readonly Dictionary<AnchorName, YamlValue> anchors = [];
    private readonly List<YamlScalar> repeatedKeys = [];
    private YamlValue? root;
    private int documents;
    private int size;

    /// <summary>Null as long as all is well.</summary>
    public YamlFault? Add(ParsingEvent parsed) => parsed switch
    {
        DocumentStart when ++documents > 1 => Fault("the file holds more than one document", parsed),
        NodeEvent node when YamlTags.FaultOf(node) is { } fault => Fault(fault, parsed),
        Scalar scalar => Close(Enter(ToScalar(scalar), scalar.Anchor), parsed),
        SequenceStart list => Open(new YamlList { Line = LineOf(list) }, list.Anchor, parsed),
        MappingStart map => Open(new YamlMap { Line = LineOf(map) }, map.Anchor, parsed),
        SequenceEnd or MappingEnd => Close(open.Pop(), parsed),
        AnchorAlias alias => Repeat(alias),
        _ => null,
    };

    /// <summary>Call after the last event.</summary>
    public YamlResult ToResult() => new YamlResult.Document(root, size, repeatedKeys);

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;

    private static YamlFault Fault(string message, ParsingEvent at) => new(message, LineOf(at));

    private static YamlScalar ToScalar(Scalar scalar) => new()
    {
        Line = LineOf(scalar),
        Text = scalar.Value,
        IsPlain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty,
    };

    private Frame Enter(YamlValue value, AnchorName anchor) => new(value, anchor, size++);

    private YamlFault? Open(YamlValue value, AnchorName anchor, ParsingEvent at)
    {
        open.Push(Enter(value, anchor));
        return CheckLimits(depth: open.Count, at);
    }

    private YamlFault? Close(Frame frame, ParsingEvent at)
    {
        frame.Value.Size = size - frame.SizeBefore;
        if (frame.Merged is { } merged && YamlMerge.Apply((YamlMap)frame.Value, merged) is { } fault) return Fault(fault, at);
        if (!frame.Anchor.IsEmpty) anchors[frame.Anchor] = frame.Value;

        return Attach(frame.Value, at);
    }

    /// <summary>An anchor is known only once its node is complete, so nothing can contain itself.</summary>
    private YamlFault? Repeat(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value, out var value))
            return Fault($"the alias *{alias.Value} repeats nothing that came before it", alias);
        if (value.Size > maxNodes - size) return Fault($"the file has more than {maxNodes} nodes when its aliases are followed", alias);

        size += value.Size;
        return Attach(value, alias);
    }

    private YamlFault? Attach(YamlValue value, ParsingEvent at)
    {
        if (CheckLimits(open.Count + value.Depth, at) is { } limit) return limit;
        if (!open.TryPeek(out var parent))
        {
            root = value;
            return null;
        }

        parent.Value.Depth = Math.Max(parent.Value.Depth, value.Depth + 1);
        return parent.Add(value, repeatedKeys) is { } fault ? Fault(fault, at) : null;
    }

    private YamlFault? CheckLimits(int depth, ParsingEvent at)
    {
        if (depth > maxDepth) return Fault($"the file is nested deeper than {maxDepth} levels", at);

        return size > maxNodes ? Fault($"the file has more than {maxNodes} nodes", at) : null;
    }

    /// <summary>A list or map that is not complete.</summary>
    private sealed class Frame(YamlValue value, AnchorName anchor, int sizeBefore)
    {
        private YamlScalar? key;

        public YamlValue Value => value;
        public AnchorName Anchor => anchor;
        public int SizeBefore => sizeBefore;

        /// <summary>What the map's merge keys name; null without any.</summary>
        public List<YamlValue>? Merged { get; private set; }

        public string? Add(YamlValue child, List<YamlScalar> repeatedKeys)
        {
            if (value is YamlList list) list.Items.Add(child);
            else if (key is null)
            {
                key = child as YamlScalar;
                if (key is null) return "keys must be plain text";
            }
            else
            {
                AddEntry((YamlMap)value, key, child, repeatedKeys);
                key = null;
            }

            return null;
        }

        private void AddEntry(YamlMap map, YamlScalar entryKey, YamlValue child, List<YamlScalar> repeatedKeys)
        {
            if (entryKey is { IsPlain: true, Text: "<<" })
            {
                (Merged ??= []).Add(child);
                return;
            }

            if (map.Entries.ContainsKey(entryKey.Text)) repeatedKeys.Add(entryKey);
            map.Entries[entryKey.Text] = (entryKey, child);
        }
    }
}
