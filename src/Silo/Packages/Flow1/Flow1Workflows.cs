using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Packages.Rules;

namespace Scheduler.Silo.Packages.Flow1;

/// <summary>
/// Cuts the graph of a package's jobs into workflows. A job of several workflows is one object in all of them. Jobs with errors take
/// part, so that what is wrong with embedded workflows is found in the same reading.
/// </summary>
internal sealed class Flow1Workflows(JobGraph graph, DefinitionOptions options, FindingList findings)
{
    private readonly NodeDefinition?[] nodes = new NodeDefinition?[graph.Jobs.Count];
    private readonly int[] memberOf = new int[graph.Jobs.Count];
    private int total;

    /// <param name="ends">The last job of each workflow, ordered by name.</param>
    /// <param name="cancellationToken">Checked once per workflow.</param>
    public IReadOnlyList<WorkflowDefinition> Build(IReadOnlyList<int> ends, CancellationToken cancellationToken)
    {
        var workflows = new List<WorkflowDefinition>(ends.Count);
        for (var i = 0; i < ends.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var members = Members(ends[i], stamp: i + 1);
            total += members.Count;
            if (total > options.MaxNodes)
            {
                findings.Add(WorkflowFindings.TooManyNodes(options.MaxNodes));
                return [];
            }

            workflows.Add(Build(graph.Jobs[ends[i]], members));
        }

        CheckEmbedded(workflows);
        return workflows;
    }

    /// <summary>The job and all it waits for, ordered by name.</summary>
    private List<int> Members(int end, int stamp)
    {
        var members = new List<int> { end };
        memberOf[end] = stamp;
        for (var i = 0; i < members.Count; i++)
            foreach (var parent in graph.Parents[members[i]])
            {
                if (memberOf[parent] == stamp) continue;
                memberOf[parent] = stamp;
                members.Add(parent);
            }

        members.Sort();
        return members;
    }

    private WorkflowDefinition Build(Job end, List<int> members) => new()
    {
        Id = end.Name,
        Nodes = [.. members.Select(Node)],
        SuccessEmails = PropertyList.Emails(end.Find, "success.emails"),
        FailureEmails = PropertyList.Emails(end.Find, "failure.emails"),
    };

    private NodeDefinition Node(int position)
    {
        if (nodes[position] is { } known) return known;

        var job = graph.Jobs[position];
        var type = job.Find("type") ?? "";
        return nodes[position] = new NodeDefinition
        {
            Name = job.Name,
            Type = type,
            Parents = [.. graph.Parents[position].Select(parent => graph.Jobs[parent].Name)],
            Condition = job.Find("condition") is { Length: > 0 } condition ? condition : null,
            Properties = job.Own.Values,
            SharedProperties = job.Layer,
            EmbeddedWorkflowId = type == NodeDefinition.EmbeddedType ? job.Find("flow.name") ?? "null" : null,
            SourceFile = job.File,
            Directory = job.Directory,
        };
    }

    private void CheckEmbedded(List<WorkflowDefinition> workflows)
    {
        var jobs = graph.Jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        var embedding = new Embedding(workflows);
        foreach (var (workflow, node) in embedding.Missing())
            findings.Add(Flow1Findings.MissingWorkflow(workflow.Id, node.EmbeddedWorkflowId!, jobs[node.Name]));
        foreach (var (workflow, embedded) in embedding.Cycles()) findings.Add(Flow1Findings.EmbeddedCycle(workflow.Id, embedded.Id));
        findings.AddRange(embedding.CheckSizes(options));
    }
}
