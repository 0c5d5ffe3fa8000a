namespace Scheduler.Silo.Packages.Flow1;

/// <summary>Jobs and the edges between them, by position in the list of jobs.</summary>
internal sealed class JobGraph
{
    private JobGraph(IReadOnlyList<Job> jobs)
    {
        Jobs = jobs;
        Parents = new int[jobs.Count][];
        HasDependents = new bool[jobs.Count];
    }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<Job> Jobs { get; }

    /// <summary>Jobs each job waits for, in the order written, without duplicates and without edges that are errors.</summary>
    public int[][] Parents { get; }

    /// <summary>True when a job, even only it itself, waits for this one.</summary>
    public bool[] HasDependents { get; }

    /// <summary>Resolves what the jobs say about each other and reports every edge that cannot be.</summary>
    public static JobGraph Resolve(JobSet set, FindingList findings)
    {
        var graph = new JobGraph(set.Jobs);
        var positions = set.Jobs.Select((job, i) => (job.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var suggestions = new Suggestions(positions.Keys);
        for (var i = 0; i < set.Jobs.Count; i++)
        {
            var job = set.Jobs[i];
            var parents = new List<int>();
            foreach (var name in PropertyList.Split(job.Find("dependencies")).Distinct(StringComparer.Ordinal))
            {
                if (positions.TryGetValue(name, out var parent)) graph.AddEdge(parent, i, parents, findings);
                else if (set.Duplicates.Contains(name)) findings.Add(Flow1Findings.AmbiguousDependency(job, name));
                else
                {
                    findings.Add(Flow1Findings.MissingDependency(job, name));
                    findings.AddRange(suggestions.For(name, job.File, job.LineOf("dependencies")));
                }
            }

            graph.Parents[i] = [.. parents];
        }

        return graph;
    }

    private void AddEdge(int parent, int job, List<int> parents, FindingList findings)
    {
        HasDependents[parent] = true;
        if (parent == job) findings.Add(Flow1Findings.SelfDependency(Jobs[job]));
        else parents.Add(parent);
    }
}
