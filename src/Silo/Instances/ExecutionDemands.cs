using Scheduler.Contracts.Instances;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Instances;

/// <summary>What the nodes of one execution ask of the dispatcher.</summary>
internal sealed class ExecutionDemands(RunnableWorkflow workflow, ExecutionOptions options, bool isIgnored)
{
    private readonly ExecutionSettings settings = ExecutionSettings.Of(workflow.Graph, options, TimeSpan.Zero);
    private readonly string projectKey = QuotaKey.OfProject(workflow.Project.Name);
    private readonly string workflowKey = QuotaKey.OfWorkflow(workflow.Project.Name, workflow.Definition.Id);

    /// <summary>Of a node that a plugin runs.</summary>
    public NodeDemand Of(int node) => isIgnored ? NodeDemand.None : settings[node].Demand;

    /// <summary>The different demands of all nodes that have any.</summary>
    public IReadOnlyList<NodeDemand> All()
    {
        if (isIgnored) return [];
        return settings.FollowsPackage ? workflow.Graph.Demands : workflow.Graph.DemandsBy(node => settings[node]);
    }

    /// <summary>Keys of the quotas a node counts for. Pools always, so that one that is defined later counts right.</summary>
    public IReadOnlyList<string> QuotasOf(int node, QuotaLimits limits)
    {
        var pools = Of(node).Pools;
        if (isIgnored || (pools.Count == 0 && limits.IsEmpty)) return [];

        var keys = pools.Select(QuotaKey.OfPool).ToList();
        if (limits.Has(projectKey)) keys.Add(projectKey);
        if (limits.Has(workflowKey)) keys.Add(workflowKey);
        return keys;
    }
}
