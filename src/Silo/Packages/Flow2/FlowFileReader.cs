using Scheduler.Silo.Packages.Archives;
using Scheduler.Silo.Packages.Rules;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Reads the document of a <c>.flow</c> file into workflows and nodes. Exactly the keys of the format are known.</summary>
/// <param name="file">Path inside the package.</param>
/// <param name="findings">Takes everything that is wrong.</param>
internal sealed class FlowFileReader(string file, FindingList findings)
{
    private static readonly string[] Keys = ["name", "type", "config", "dependsOn", "condition", "nodes", "trigger"];

    private readonly Queue<FlowNode> unread = new();
    private readonly Suggestions suggestions = new(Keys);
    private bool isRefused;

    /// <summary>The workflow with everything inside it; null when there is an error, and all errors are reported.</summary>
    /// <param name="id">The workflow's id, from the name of the file.</param>
    /// <param name="document">The root of the file.</param>
    public FlowNode? Read(string id, YamlMap document)
    {
        var root = new FlowNode(document);
        unread.Enqueue(root);
        while (unread.TryDequeue(out var node))
        {
            ReadKeys(node.Map, node);
            if (node == root) (node.Name, node.Type) = (id, FlowNode.EmbeddedType);
            else CheckInner(node);
            CheckNodes(node);
        }

        return isRefused ? null : root;
    }

    private void ReadKeys(YamlMap map, FlowNode node)
    {
        foreach (var (key, entry) in map.Entries)
            switch (key)
            {
                case "name": node.Name = Text(key, entry.Value); break;
                case "type": node.Type = Text(key, entry.Value); break;
                case "condition": node.Condition = Text(key, entry.Value); break;
                case "config": ReadConfig(entry.Value, node); break;
                case "dependsOn": ReadDependencies(entry.Value, node); break;
                case "nodes": node.Nodes = ReadNodes(entry.Value); break;
                case "trigger": node.Trigger = ReadTrigger(entry.Value); break;
                default:
                    Refuse($"Unable to find property '{key}'; known are {string.Join(", ", Keys)}", entry.Key.Line);
                    findings.AddRange(suggestions.For(key, file, entry.Key.Line));
                    break;
            }
    }

    private string Text(string key, YamlValue value)
    {
        if (value is YamlScalar scalar) return scalar.Text;

        Refuse($"'{key}' takes a single value", value.Line);
        return "";
    }

    private void ReadConfig(YamlValue value, FlowNode node)
    {
        if (value is YamlScalar { IsNull: true }) return;
        if (value is not YamlMap config)
        {
            Refuse("'config' takes a map", value.Line);
            return;
        }

        foreach (var (key, entry) in config.Entries)
        {
            node.Config[key] = Text(key, entry.Value);
            node.ConfigLines[key] = entry.Key.Line;
        }
    }

    private void ReadDependencies(YamlValue value, FlowNode node) =>
        node.DependsOn.AddRange(Items("dependsOn", value).Select(item => Text("dependsOn", item)).Distinct(StringComparer.Ordinal));

    private List<FlowNode>? ReadNodes(YamlValue value)
    {
        if (value is YamlScalar { IsNull: true }) return null;

        var nodes = new List<FlowNode>();
        foreach (var item in Items("nodes", value))
        {
            if (item is not YamlMap map)
            {
                Refuse("'nodes' takes a list of maps", item.Line);
                continue;
            }

            var node = new FlowNode(map);
            nodes.Add(node);
            unread.Enqueue(node);
        }

        return nodes;
    }

    private YamlMap? ReadTrigger(YamlValue value)
    {
        if (value is not YamlMap && value is not YamlScalar { IsNull: true }) Refuse("'trigger' takes a map", value.Line);
        return value as YamlMap;
    }

    private List<YamlValue> Items(string key, YamlValue value)
    {
        if (value is YamlList list) return list.Items;
        if (value is not YamlScalar { IsNull: true }) Refuse($"'{key}' takes a list", value.Line);
        return [];
    }

    private void CheckInner(FlowNode node)
    {
        var name = Printable.Of(node.Name);
        if (NodeNames.FaultOf(node.Name) is { } fault) Refuse($"the name '{name}' {fault}", node.LineOf("name"));
        if (node.Type.Length == 0) Refuse($"node '{name}' has no type", node.Line);
        if (node.Trigger is not null)
            findings.Add(Flow2Findings.Ignored("trigger", "below the top of the file", file, node.LineOf("trigger")));
    }

    private void CheckNodes(FlowNode node)
    {
        if (node.IsEmbedded && node.Nodes is null) Refuse($"flow '{Printable.Of(node.Name)}' has no list of nodes", node.Line);
        if (!node.IsEmbedded && node.Nodes is not null)
            findings.Add(Flow2Findings.Ignored("nodes", "because the type is not flow", file, node.LineOf("nodes")));
    }

    private void Refuse(string why, int line)
    {
        isRefused = true;
        findings.Add(Flow2Findings.FlowUnreadable(file, why, line));
    }
}
