using System.Runtime.CompilerServices;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Parameters;
using Scheduler.Silo.Nodes.Settings;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Judges the settings of all nodes of an execution before it begins, with the parameters of its order. Most orders change no setting,
/// and share what was found for the package.
/// </summary>
internal sealed class OrderSettings(NodeTypes types)
{
    /// <summary>Faults that are spelt out; further ones are counted.</summary>
    private const int MaxShown = 20;

    private readonly ConditionalWeakTable<RunnableWorkflow, Judged> kept = [];

    /// <summary>What is wrong, each fault with the path of its node, a line each; null when nothing is.</summary>
    public string? FindFault(RunnableWorkflow workflow, ExecutionOptions options)
    {
        if (FaultsOf(workflow, options) is not { Count: > 0 } faults) return null;

        var disabled = workflow.Graph.Select(options.Disabled).ToHashSet();
        var lines = faults.Where(fault => !disabled.Contains(fault.Node)).Select(fault => $"{workflow.Graph.PathOf(fault.Node)}: {fault.Fault}").ToList();
        if (lines.Count == 0) return null;

        var rest = lines.Count > MaxShown ? $"\n… and {lines.Count - MaxShown} more" : "";
        return string.Join('\n', lines.Take(MaxShown)) + rest;
    }

    private IReadOnlyList<NodeFault> FaultsOf(RunnableWorkflow workflow, ExecutionOptions options)
    {
        var ofPackage = OfPackage(workflow);
        return ofPackage.Types.Any(type => IsTouched(type, options)) ? [.. Judge(workflow, options)] : ofPackage.Faults;
    }

    /// <summary>Two callers may find out the same at the same time.</summary>
    private Judged OfPackage(RunnableWorkflow workflow)
    {
        var revision = types.Revision;
        if (kept.TryGetValue(workflow, out var judged) && judged.Revision == revision) return judged;

        var checks = NodesOf(workflow.Graph).Select(node => node.Check).Distinct().ToList();
        judged = new Judged(revision, checks, [.. Judge(workflow, new ExecutionOptions())]);
        kept.AddOrUpdate(workflow, judged);
        return judged;
    }

    private static bool IsTouched(SettingsCheck check, ExecutionOptions options) =>
        options.NodeParameters.Values.Append(options.Parameters).Any(parameters => parameters.Keys.Any(check.Knows));

    private IEnumerable<NodeFault> Judge(RunnableWorkflow workflow, ExecutionOptions options) =>
        from node in NodesOf(workflow.Graph)
        let chain = ChainOf(node.Position, workflow.Graph)
        let mayGetMore = chain.Any(level => level.Parents.Count > 0)
        from fault in node.Check.FindFaults(PropertiesOf(chain, workflow, options))
        where !fault.IsIncomplete || !mayGetMore
        select new NodeFault(node.Position, fault);

    private IEnumerable<(int Position, SettingsCheck Check)> NodesOf(ExecutionGraph graph)
    {
        for (var node = 0; node < graph.Count; node++)
            if (graph[node].Kind == NodeKind.Plugin && types.Find(graph[node].Definition.Type)?.Settings is { } check)
                yield return (node, check);
    }

    private static Dictionary<string, string> PropertiesOf(IReadOnlyList<NodeDefinition> chain, RunnableWorkflow workflow, ExecutionOptions options) =>
        PropertyMerge.Merge(new PropertyLayers
        {
            Package = workflow.Package,
            Workflow = workflow.Definition,
            Options = options,
            Nodes = [.. chain.Select(node => new NodeLayer(node, []))],
            System = SystemProperties.Promised,
        });

    private static List<NodeDefinition> ChainOf(int node, ExecutionGraph graph)
    {
        var chain = new List<NodeDefinition>();
        for (; node != ExecutionGraph.Root; node = graph[node].Container) chain.Add(graph[node].Definition);
        chain.Reverse();
        return chain;
    }

    private sealed record NodeFault(int Node, SettingFault Fault);

    /// <param name="Revision">Of the node types.</param>
    /// <param name="Types">The checks of all types in it.</param>
    /// <param name="Faults">Of the package alone.</param>
    private sealed record Judged(string Revision, IReadOnlyList<SettingsCheck> Types, IReadOnlyList<NodeFault> Faults);
}
