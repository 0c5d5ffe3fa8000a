using Microsoft.Extensions.Options;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Parameters;

namespace Scheduler.Silo.Nodes;

/// <summary>Gathers the layers of an attempt's properties from its workflow and its order, and resolves them.</summary>
internal sealed class AttemptProperties(PackageDirectories directories, IOptions<EngineOptions> options)
{
    /// <summary>Facts of the execution that an attempt was resolved for last; its next attempts mostly follow soon.</summary>
    private volatile ExecutionProperties? last;

    public PropertyResolution Resolve(AttemptId attempt, NodeWork work, RunnableWorkflow workflow)
    {
        var chain = ChainOf(attempt.Node, workflow.Graph);
        var layers = new PropertyLayers
        {
            Package = workflow.Package,
            Workflow = workflow.Definition,
            Options = work.Order.Options,
            Nodes = [.. chain.Select((node, level) => new NodeLayer(workflow.Graph[node].Definition, [work.InputsByLevel[level]]))],
            System = SystemProperties.ForNode(ExecutionOf(attempt, work, workflow), FactsOf(attempt, chain, workflow)),
        };
        return NodeProperties.Resolve(layers);
    }

    private ExecutionProperties ExecutionOf(AttemptId attempt, NodeWork work, RunnableWorkflow workflow)
    {
        if (last is { } kept && kept.Facts.ExecutionId == attempt.ExecutionId) return kept;

        return last = SystemProperties.ForExecution(new ExecutionFacts
        {
            ExecutionId = attempt.ExecutionId,
            ProjectId = workflow.Project.Id,
            ProjectName = workflow.Project.Name,
            Version = workflow.Version.Number,
            WorkflowId = workflow.Definition.Id,
            SubmittedBy = work.Order.SubmittedBy,
            Initiator = work.Order.Initiator,
            ProjectModifiedBy = workflow.Version.UploadedBy,
            ProjectModifiedAt = workflow.Version.UploadedAt,
            SubmittedAt = work.Order.SubmittedAt,
            StartedAt = work.ExecutionStartedAt,
            Zone = options.Value.FindZone(),
            BaseUrl = options.Value.PublicUrl,
        });
    }

    private NodeFacts FactsOf(AttemptId attempt, IReadOnlyList<int> chain, RunnableWorkflow workflow)
    {
        var graph = workflow.Graph;
        var container = graph[attempt.Node].Container;
        return new NodeFacts
        {
            Path = [.. chain.Select(node => graph[node].Name)],
            WorkflowId = container == ExecutionGraph.Root ? workflow.Definition.Id : graph[container].Definition.EmbeddedWorkflowId!,
            Attempt = attempt.Number,
            Parents = graph[attempt.Node].Definition.Parents,
            Children = NamesOf(graph.Children(attempt.Node), graph),
            DefaultDirectory = Path.Combine(directories.PathOf(attempt.ExecutionId), graph[attempt.Node].Definition.Directory),
        };
    }

    private static List<int> ChainOf(int node, ExecutionGraph graph)
    {
        var chain = new List<int>();
        for (var level = node; level != ExecutionGraph.Root; level = graph[level].Container) chain.Add(level);
        chain.Reverse();
        return chain;
    }

    private static List<string> NamesOf(ReadOnlySpan<int> nodes, ExecutionGraph graph)
    {
        var names = new List<string>(nodes.Length);
        foreach (var node in nodes) names.Add(graph[node].Name);
        return names;
    }
}
