using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Workflows written as text: <c>a -> b, a -> load{l1 -> l2}, b(noop), l2(if=one_failed; retries=2)</c>. Attributes and the content
/// of a container may stand at any one mention of the node; <c>-></c> joins siblings; nodes are ordered by name as packages order them.
/// </summary>
internal static class GraphText
{
    public const string Workflow = "flow";

    public static ExecutionGraph Compile(string text, IReadOnlyDictionary<string, string>? workflowProperties = null) =>
        Assert.IsType<GraphCompilation.Compiled>(GraphCompiler.Compile(Package(text, workflowProperties), Workflow, 100_000)).Graph;

    public static PackageDefinition Package(string text, IReadOnlyDictionary<string, string>? workflowProperties = null)
    {
        var workflows = new List<WorkflowDefinition>();
        Read(Workflow, text, workflowProperties ?? new Dictionary<string, string>(), workflows);
        return new PackageDefinition
        {
            Format = PackageFormat.Flow2,
            Workflows = [.. workflows.OrderBy(workflow => workflow.Id, StringComparer.Ordinal)],
        };
    }

    private static void Read(string id, string text, IReadOnlyDictionary<string, string> properties, List<WorkflowDefinition> workflows)
    {
        var nodes = new SortedDictionary<string, Mention>(StringComparer.Ordinal);
        foreach (var chain in Split(text, ","))
        {
            Mention? parent = null;
            foreach (var part in Split(chain, "->"))
            {
                var mention = Mention.Parse(part);
                if (!nodes.TryGetValue(mention.Name, out var node)) nodes[mention.Name] = node = mention;
                else node.Add(mention);
                if (parent is not null) node.Parents.Add(parent.Name);
                parent = node;
            }
        }

        workflows.Add(new WorkflowDefinition
        {
            Id = id,
            IsEmbedded = id != Workflow,
            Properties = properties,
            Nodes = [.. nodes.Values.Select(node => node.ToDefinition(id))],
        });
        foreach (var node in nodes.Values.Where(node => node.Content is not null))
            Read($"{id}:{node.Name}", node.Content!, node.Properties, workflows);
    }

    /// <summary>Splits outside of brackets and braces.</summary>
    private static IEnumerable<string> Split(string text, string separator)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] is '{' or '(' ? 1 : text[at] is '}' or ')' ? -1 : 0;
            if (depth > 0 || string.CompareOrdinal(text, at, separator, 0, separator.Length) != 0) continue;
            yield return text[start..at].Trim();
            start = at + separator.Length;
        }

        if (!string.IsNullOrWhiteSpace(text[start..])) yield return text[start..].Trim();
    }

    private sealed class Mention(string name)
    {
        public string Name => name;

        public string Type { get; private set; } = "command";

        public string? Condition { get; private set; }

        public string? Content { get; private set; }

        public List<string> Parents { get; } = [];

        public Dictionary<string, string> Properties { get; } = [];

        public static Mention Parse(string text)
        {
            var end = text.IndexOfAny(['(', '{']);
            if (end < 0) return new Mention(text);

            var mention = new Mention(text[..end].Trim());
            if (text[end] == '{') mention.Content = text[(end + 1)..(Closing(text, end))];
            var attributes = text[end] == '{' ? text[(Closing(text, end) + 1)..].Trim() : text[end..];
            if (attributes.Length > 0) mention.ReadAttributes(attributes[1..^1]);
            return mention;
        }

        public void Add(Mention other)
        {
            if (other.Type != "command") Type = other.Type;
            Condition ??= other.Condition;
            Content ??= other.Content;
            foreach (var (key, value) in other.Properties) Properties[key] = value;
        }

        public NodeDefinition ToDefinition(string workflow) => new()
        {
            Name = name,
            Type = Content is null ? Type : NodeDefinition.EmbeddedType,
            Parents = [.. Parents.Distinct()],
            Condition = Condition,
            Properties = Properties,
            EmbeddedWorkflowId = Content is null ? null : $"{workflow}:{name}",
            SourceFile = "test.flow",
        };

        private static int Closing(string text, int open)
        {
            var depth = 0;
            for (var at = open; ; at++)
                if (text[at] == '{') depth++;
                else if (text[at] == '}' && --depth == 0) return at;
        }

        private void ReadAttributes(string attributes)
        {
            foreach (var attribute in attributes.Split(';', StringSplitOptions.TrimEntries))
                switch (attribute.Split('=', 2))
                {
                    case ["noop"]: Type = GraphNode.ControlType; break;
                    case ["type", var type]: Type = type; break;
                    case ["tolerant"]: Properties["job.succeed.on.failure"] = "true"; break;
                    case ["if", var condition]: Condition = condition; break;
                    case ["backoff", var value]: Properties["retry.backoff"] = value; break;
                    case [var key, var value]: Properties[key] = value; break;
                    default: throw new ArgumentException(attribute);
                }
        }
    }
}
