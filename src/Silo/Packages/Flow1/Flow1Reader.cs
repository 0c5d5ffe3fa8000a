using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages.Rules;

namespace Scheduler.Silo.Packages.Flow1;

/// <summary>
/// Reads a package of <c>.job</c> and <c>.properties</c> files. Each job that no other waits for, or that says
/// <c>root.node=true</c>, ends a workflow of its name, made of itself and everything it waits for.
/// </summary>
internal sealed class Flow1Reader(DefinitionFiles definitions, DefinitionOptions options, NodeTypes types, FindingList findings)
{
    private readonly NodeRules rules = new(options, findings);
    private readonly SettingRules settings = new(types, findings);

    /// <summary>What the files say; meaningless when there are errors among the findings.</summary>
    public PackageDefinition Read(PackageTree tree, CancellationToken cancellationToken)
    {
        var set = new JobLoader(definitions, options, findings).Load(tree.Top, cancellationToken);
        var graph = JobGraph.Resolve(set, findings);
        foreach (var job in set.Jobs) Check(job);
        CheckConditions(set.Jobs);

        var ends = Enumerable.Range(0, set.Jobs.Count).Where(i => IsEnd(graph, i)).ToList();
        CheckCycles(graph, ends);
        var workflows = new Flow1Workflows(graph, options, findings).Build(ends, cancellationToken);
        return new PackageDefinition { Format = PackageFormat.Flow1, Workflows = workflows, SharedProperties = set.Layers };
    }

    private static bool IsEnd(JobGraph graph, int job) =>
        !graph.HasDependents[job] || string.Equals(graph.Jobs[job].Find("root.node")?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    private void Check(Job job)
    {
        if (job.Name == NodeNames.Reserved) findings.Add(Flow1Findings.ReservedName(job));
        if (job.Find("type") is null) findings.Add(Flow1Findings.MissingType(job));
        rules.Check(job.Name, job.File, job.Find, job.LineOf);
        settings.Check(
            job.Name, job.Find("type"), job.Own.Values, new LayeredProperties([job.Own.Values, job.Inherited]), job.File, job.LineOf);
        rules.CheckReserved(job.Own.Values.Keys, job.File, job.LineOf);
    }

    /// <summary>Conditions may name any job of the package, not only those of one workflow.</summary>
    private void CheckConditions(IReadOnlyList<Job> jobs)
    {
        var names = jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            var faults = ConditionRules.Validate(job.Find("condition"), job.Name, PackageFormat.Flow1, names.Contains, _ => false);
            findings.AddRange(faults.Select(fault => fault with { File = job.File, Line = job.LineOf("condition") }));
        }
    }

    private void CheckCycles(JobGraph graph, List<int> ends)
    {
        var search = new CycleSearch(graph.Parents);
        foreach (var end in ends)
            foreach (var cycle in search.From(end))
            {
                var dependent = graph.Jobs[cycle.From];
                findings.Add(Flow1Findings.Cycle(graph.Jobs[cycle.To], dependent));
                findings.Add(CycleFindings.Path(cycle, i => graph.Jobs[i].Name, dependent.File, dependent.LineOf("dependencies")));
            }

        var lost = Enumerable.Range(0, graph.Jobs.Count).Where(i => !search.HasSeen(i)).Select(i => graph.Jobs[i].Name).ToList();
        if (lost.Count > 0) findings.Add(Flow1Findings.LostInCycle(lost));
    }
}
