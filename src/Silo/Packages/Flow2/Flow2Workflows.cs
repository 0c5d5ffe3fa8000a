using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages.Rules;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Turns what <c>.flow</c> files say into workflows, and checks the graph of each.</summary>
internal sealed class Flow2Workflows(DefinitionOptions options, NodeTypes types, FindingList findings)
{
    private readonly SortedDictionary<string, WorkflowDefinition> workflows = new(StringComparer.Ordinal);
    private readonly NodeRules rules = new(options, findings);
    private readonly SettingRules settings = new(types, findings);
    private int total;

    /// <summary>Adds the workflow of a file and those inside it.</summary>
    public void Add(FlowNode root, WorkflowTrigger? trigger, string file)
    {
        if (!CheckTopNames(root, file)) return;

        var open = new Queue<(string Id, IReadOnlyList<FlowNode> Flows)>([(root.Name, [root])]);
        while (open.TryDequeue(out var next))
        {
            var flow = next.Flows[0];
            if (flow != root && !CheckInnerNames(flow, file)) continue;

            workflows[next.Id] = Build(next.Id, next.Flows, trigger, file);
            foreach (var node in flow.Nodes!.Where(node => node.IsEmbedded)) open.Enqueue(($"{next.Id}:{node.Name}", [node, .. next.Flows]));
        }
    }

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<WorkflowDefinition> ToList()
    {
        if (total > options.MaxNodes) findings.Add(WorkflowFindings.TooManyNodes(options.MaxNodes));
        if (findings.HasErrors) return [];

        var embedding = new Embedding([.. workflows.Values]);
        if (embedding.Cycles().Any()) throw new InvalidOperationException("Workflows nested in a file cannot form a cycle.");
        findings.AddRange(embedding.CheckSizes(options));
        return [.. workflows.Values];
    }

    private bool CheckTopNames(FlowNode root, string file)
    {
        var faults = new NodeListFaults(root.Nodes!).Find(isTop: true).ToList();
        if (faults.Count == 0) return true;

        findings.Add(Flow2Findings.InvalidNodes(file, faults[0].Line!.Value));
        findings.AddRange(faults.Select(fault => Flow2Findings.InvalidNode(fault.Message, file, fault.Line!.Value)));
        return false;
    }

    private bool CheckInnerNames(FlowNode flow, string file)
    {
        var faults = new NodeListFaults(flow.Nodes!).Find(isTop: false).ToList();
        findings.AddRange(faults.Select(fault => Flow2Findings.FlowUnreadable(file, fault.Message, fault.Line)));
        return faults.Count == 0;
    }

    /// <param name="id">Of the workflow.</param>
    /// <param name="flows">The workflow, and those it lies in, outwards.</param>
    /// <param name="trigger">Of the workflow of the file.</param>
    /// <param name="file">Path inside the package.</param>
    private WorkflowDefinition Build(string id, IReadOnlyList<FlowNode> flows, WorkflowTrigger? trigger, string file)
    {
        var (flow, isRoot) = (flows[0], flows.Count == 1);
        var nodes = flow.Nodes!;
        total += nodes.Count;
        CheckCycles(nodes, file);
        foreach (var node in nodes) CheckProperties(id, [node, .. flows], file);
        if (isRoot) rules.CheckTimeouts(id, file, flow.Find, flow.ConfigLineOf);

        var definitions = nodes.Select(node => Build(id, node, file)).OrderBy(node => node.Name, StringComparer.Ordinal).ToList();
        CheckConditions(nodes, definitions, file);
        var workflow = new WorkflowDefinition { Id = id, IsEmbedded = !isRoot, Nodes = definitions };
        return isRoot ? WithOwn(workflow, flow, trigger, file) : workflow;
    }

    private static NodeDefinition Build(string workflowId, FlowNode node, string file) => new()
    {
        Name = node.Name,
        Type = node.Type,
        Parents = node.DependsOn,
        Condition = node.Condition,
        Properties = new Dictionary<string, string>(node.Config, StringComparer.Ordinal) { ["type"] = node.Type },
        EmbeddedWorkflowId = node.IsEmbedded ? $"{workflowId}:{node.Name}" : null,
        SourceFile = file,
    };

    /// <summary>
    /// Only the workflow of a file has properties of its own: what an embedded one inherits is the complete property set of its node.
    /// </summary>
    private WorkflowDefinition WithOwn(WorkflowDefinition workflow, FlowNode flow, WorkflowTrigger? trigger, string file) => workflow with
    {
        Properties = flow.Config,
        FailureAction = FailureActionOf(flow, file),
        SuccessEmails = PropertyList.Emails(flow.Find, "success.emails"),
        FailureEmails = PropertyList.Emails(flow.Find, "failure.emails"),
        Trigger = trigger,
    };

    private FailureAction? FailureActionOf(FlowNode flow, string file)
    {
        if (flow.Find("failure.action") is not { } action) return null;

        switch (action.Trim().ToLowerInvariant())
        {
            case "finish_currently_running": return FailureAction.FinishRunning;
            case "finish_all_possible": return FailureAction.FinishPossible;
            case "cancel_all": return FailureAction.CancelAll;
            default:
                findings.Add(Flow2Findings.UnknownFailureAction(action, file, flow.ConfigLineOf("failure.action")));
                return null;
        }
    }

    private void CheckCycles(List<FlowNode> nodes, string file)
    {
        var positions = nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var search = new CycleSearch([.. nodes.Select(node => node.DependsOn.Select(name => positions[name]).ToArray())]);
        for (var i = 0; i < nodes.Count; i++)
            foreach (var cycle in search.From(i))
            {
                var line = nodes[cycle.From].LineOf("dependsOn");
                findings.Add(Flow2Findings.Cycle(nodes[cycle.To].Name, nodes[cycle.From].Name, file, line));
                findings.Add(CycleFindings.Path(cycle, position => nodes[position].Name, file, line));
            }
    }

    private void CheckProperties(string workflowId, IReadOnlyList<FlowNode> layers, string file)
    {
        var node = layers[0];
        var label = $"{workflowId}:{node.Name}";
        rules.Check(label, file, node.Find, node.ConfigLineOf);
        settings.Check(
            label, node.Type, node.Config, new LayeredProperties([.. layers.Select(layer => layer.Config)]), file,
            key => layers.Select(layer => layer.ConfigLineOf(key)).FirstOrDefault(line => line is not null) ?? node.LineOf(key));
        rules.CheckReserved(node.Config.Keys, file, node.ConfigLineOf);
    }

    private void CheckConditions(List<FlowNode> nodes, List<NodeDefinition> definitions, string file)
    {
        var names = nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var lines = nodes.ToDictionary(node => node.Name, node => node.LineOf("condition"), StringComparer.Ordinal);
        var lineage = new NodeLineage(definitions);
        foreach (var node in definitions)
        {
            var faults = ConditionRules.Validate(
                node.Condition, node.Name, PackageFormat.Flow2, names.Contains, target => lineage.IsDescendant(target, node.Name));
            findings.AddRange(faults.Select(fault => fault with { File = file, Line = lines[node.Name] }));
        }
    }
}
