using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Instances;

/// <summary>
/// One workflow with names replaced by positions in its list of nodes, computed once however often it is embedded.
/// </summary>
internal sealed class WorkflowShape
{
    private WorkflowShape(WorkflowDefinition definition, Dictionary<string, int> positions, int[][] parents, int[][] children)
    {
        Definition = definition;
        Positions = positions;
        Parents = parents;
        Children = children;
        Conditions = [.. definition.Nodes.Select(node => NodeCondition.Parse(node.Condition))];
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>Position of each node by its name.</summary>
    public IReadOnlyDictionary<string, int> Positions { get; }

    public int[][] Parents { get; }

    /// <summary>Ascending for each node.</summary>
    public int[][] Children { get; }

    public NodeCondition[] Conditions { get; }

    /// <summary>Null when a parent does not exist or nodes wait for each other.</summary>
    public static WorkflowShape? Of(WorkflowDefinition definition)
    {
        var positions = definition.Nodes.Select((node, position) => (node.Name, position))
            .ToDictionary(pair => pair.Name, pair => pair.position, StringComparer.Ordinal);
        if (definition.Nodes.Any(node => node.Parents.Any(parent => !positions.ContainsKey(parent)))) return null;

        var parents = definition.Nodes.Select(node => node.Parents.Select(parent => positions[parent]).Distinct().ToArray()).ToArray();
        var children = Reverse(parents);

        return IsAcyclic(parents, children) ? new WorkflowShape(definition, positions, parents, children) : null;
    }

    private static int[][] Reverse(int[][] parents)
    {
        var children = new List<int>[parents.Length];
        for (var node = 0; node < parents.Length; node++) children[node] = [];
        for (var node = 0; node < parents.Length; node++)
            foreach (var parent in parents[node])
                children[parent].Add(node);

        return Array.ConvertAll(children, list => list.ToArray());
    }

    private static bool IsAcyclic(int[][] parents, int[][] children)
    {
        var open = Array.ConvertAll(parents, list => list.Length);
        var free = new Queue<int>(Enumerable.Range(0, open.Length).Where(node => open[node] == 0));
        var passed = 0;

        for (; free.TryDequeue(out var node); passed++)
            foreach (var child in children[node])
                if (--open[child] == 0)
                    free.Enqueue(child);

        return passed == parents.Length;
    }
}
