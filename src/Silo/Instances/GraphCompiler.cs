using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Unfolds a workflow and all it embeds into an <see cref="ExecutionGraph"/>. Embedding can double the size with each level, so it
/// counts while it unfolds and stops at the limit.
/// </summary>
internal sealed class GraphCompiler
{
    /// <summary>Edges cost memory too; no workflow within any sane limit of nodes has this many.</summary>
    private const int MaxEdges = 5_000_000;

    private static readonly HashSet<string> DefaultControlTypes = [GraphNode.ControlType];

    private readonly PackageDefinition package;
    private readonly IReadOnlySet<string> controlTypes;
    private readonly int maxNodes;
    private readonly Dictionary<string, WorkflowDefinition> workflows;
    private readonly Dictionary<string, WorkflowShape?> shapes = new(StringComparer.Ordinal);
    private readonly List<GraphNode> nodes = [];
    private readonly List<(GraphScope Scope, int Position)> places = [];
    private readonly List<int> ends = [];
    private readonly List<GraphScope?> scopes = [null];
    private readonly SettingTexts?[] sharedSettings;
    private readonly Stack<Frame> frames = new();
    private long edges;

    private GraphCompiler(PackageDefinition package, int maxNodes, IReadOnlySet<string> controlTypes)
    {
        this.controlTypes = controlTypes;
        this.package = package;
        this.maxNodes = maxNodes;
        sharedSettings = new SettingTexts?[package.SharedProperties.Count];
        workflows = package.Workflows.ToDictionary(workflow => workflow.Id, StringComparer.Ordinal);
    }

    /// <summary>Compiles one workflow of a package.</summary>
    /// <param name="package">The package; its embedded workflows are looked up by id.</param>
    /// <param name="workflowId">Ordinal.</param>
    /// <param name="maxNodes">Nodes allowed in all, containers included.</param>
    /// <param name="controlTypes">Types of the nodes that need no plugin; null takes <see cref="GraphNode.ControlType"/> alone.</param>
    public static GraphCompilation Compile(
        PackageDefinition package, string workflowId, int maxNodes, IReadOnlySet<string>? controlTypes = null) =>
        new GraphCompiler(package, maxNodes, controlTypes ?? DefaultControlTypes).Run(workflowId);

    private GraphCompilation Run(string workflowId)
    {
        if (Enter(workflowId, ExecutionGraph.Root, SettingTexts.None) is { } rejected) return rejected;

        while (frames.TryPeek(out var frame))
            if (frame.IsComplete)
                Leave(frames.Pop());
            else if (Add(frame) is { } problem)
                return problem;

        return new GraphCompilation.Compiled(Finish());
    }

    private GraphCompilation.Rejected? Enter(string workflowId, int container, SettingTexts inherited)
    {
        if (!shapes.TryGetValue(workflowId, out var shape))
        {
            if (!workflows.TryGetValue(workflowId, out var workflow))
                return new(RejectionKind.UnknownWorkflow, $"Workflow {workflowId} does not exist in this package.");
            shapes[workflowId] = shape = WorkflowShape.Of(workflow);
        }

        if (shape is null)
            return new(RejectionKind.NotADag, $"Nodes of {workflowId} wait for each other or for one that does not exist.");

        edges += shape.Parents.Sum(list => (long)list.Length);
        if (nodes.Count + shape.Parents.Length > maxNodes || edges > MaxEdges)
            return new(RejectionKind.TooLarge, $"With all it embeds the workflow has more than {maxNodes} nodes or {MaxEdges} edges.");

        var scope = new GraphScope(shape, new int[shape.Parents.Length]);
        scopes[container + 1] = scope;
        frames.Push(new Frame(scope, container, SettingTexts.Of(shape.Definition.Properties).Over(inherited)));
        return null;
    }

    private GraphCompilation.Rejected? Add(Frame frame)
    {
        var position = frame.Next++;
        var definition = frame.Shape.Definition.Nodes[position];
        var node = nodes.Count;
        var texts = SettingTexts.Of(definition.Properties).Over(frame.Settings).Over(SharedSettings(definition));

        frame.Scope.Members[position] = node;
        nodes.Add(Describe(frame, position, texts));
        places.Add((frame.Scope, position));
        ends.Add(node + 1);
        scopes.Add(null);

        if (definition.Type != NodeDefinition.EmbeddedType) return null;
        return definition.EmbeddedWorkflowId is { } inner
            ? Enter(inner, node, texts)
            : new(RejectionKind.UnknownWorkflow, $"Node {definition.Name} embeds a workflow but names none.");
    }

    private GraphNode Describe(Frame frame, int position, SettingTexts texts)
    {
        var shape = frame.Shape;
        var definition = shape.Definition.Nodes[position];
        var children = shape.Children[position];

        return new GraphNode(definition, KindOf(definition), frame.Container, shape.Conditions[position], NodeSettings.Parse(texts))
        {
            IsEnd = children.Length == 0,
            Shared = definition.SharedProperties is { } layer ? package.SharedProperties[layer] : GraphNode.NoProperties,
            FailureMatters =
                children.Length == 0 || children.Any(child => shape.Conditions[child].Macro == ConditionMacro.AllSuccess),
        };
    }

    private NodeKind KindOf(NodeDefinition definition)
    {
        if (definition.Type == NodeDefinition.EmbeddedType) return NodeKind.Container;
        return controlTypes.Contains(definition.Type) ? NodeKind.Control : NodeKind.Plugin;
    }

    private SettingTexts SharedSettings(NodeDefinition definition)
    {
        if (definition.SharedProperties is not { } layer) return SettingTexts.None;
        return sharedSettings[layer] ??= SettingTexts.Of(package.SharedProperties[layer]);
    }

    private void Leave(Frame frame)
    {
        if (frame.Container != ExecutionGraph.Root) ends[frame.Container] = nodes.Count;
    }

    private ExecutionGraph Finish()
    {
        var parents = IndexLists.Of(nodes.Count, Edges(shape => shape.Parents));
        var children = IndexLists.Of(nodes.Count, Edges(shape => shape.Children));
        var starts = IndexLists.Of(
            nodes.Count + 1,
            Enumerable.Range(0, nodes.Count).Where(node => parents.Count(node) == 0).Select(node => (nodes[node].Container + 1, node)));

        return new ExecutionGraph([.. nodes], [.. ends], [.. scopes], parents, children, starts);
    }

    private IEnumerable<(int Node, int Neighbour)> Edges(Func<WorkflowShape, int[][]> direction)
    {
        for (var node = 0; node < nodes.Count; node++)
        {
            var (scope, position) = places[node];
            foreach (var neighbour in direction(scope.Shape)[position]) yield return (node, scope.Members[neighbour]);
        }
    }

    /// <summary>A workflow that is being unfolded.</summary>
    private sealed class Frame(GraphScope scope, int container, SettingTexts settings)
    {
        public GraphScope Scope => scope;

        public WorkflowShape Shape => scope.Shape;

        public int Container => container;

        /// <summary>What its nodes inherit.</summary>
        public SettingTexts Settings => settings;

        public int Next { get; set; }

        public bool IsComplete => Next == scope.Members.Length;
    }
}
