using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Nodes named by paths such as <c>load</c> or <c>load:extract</c>, looked up in a workflow and what it embeds.</summary>
internal static class NodeSelection
{
    /// <summary>What is wrong with each path that leads nowhere; empty when all lead to a node.</summary>
    public static IReadOnlyList<string> Check(PackageDefinition package, WorkflowDefinition workflow, IEnumerable<string> paths) =>
        [.. paths.Select(path => FaultOf(package, workflow, path)).OfType<string>()];

    /// <summary>The paths as an execution wants them. A node that is disabled itself hides what is named inside it.</summary>
    public static IReadOnlyList<DisabledNode> Disable(IEnumerable<string> paths)
    {
        // Sorted, a node stands before the nodes inside it, and what is made last has nothing inside that is not made yet.
        var top = new Branch("");
        var made = new List<(Branch Parent, Branch Branch)>();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var branch = top;
            foreach (var name in path.Split(':'))
            {
                var parent = branch;
                if (parent.IsDisabled) break;
                if (parent.Find(name) is not { } known) made.Add((parent, known = parent.Add(name)));
                branch = known;
            }

            branch.IsDisabled = branch != top;
        }

        foreach (var (parent, branch) in Enumerable.Reverse(made)) parent.Nodes.Insert(0, branch.ToNode());
        return top.Nodes;
    }

    private static string? FaultOf(PackageDefinition package, WorkflowDefinition workflow, string path)
    {
        var inside = workflow;
        foreach (var name in path.Split(':'))
        {
            if (inside is null) return $"'{Printable.Of(path)}' leads into a node that embeds no workflow.";
            if (inside.Nodes.FirstOrDefault(node => node.Name == name) is not { } found) return Unknown(inside, name);
            inside = found.EmbeddedWorkflowId is { } embedded ? package.Find(embedded) : null;
        }

        return null;
    }

    private static string Unknown(WorkflowDefinition workflow, string name)
    {
        var near = new Suggestions([.. workflow.Nodes.Select(node => node.Name)]).Nearest(name);
        return $"Workflow {Printable.Of(workflow.Id)} has no node '{Printable.Of(name)}'{(near is null ? "." : $"; did you mean '{Printable.Of(near)}'?")}";
    }

    private sealed class Branch(string name)
    {
        private readonly Dictionary<string, Branch> byName = new(StringComparer.Ordinal);

        public bool IsDisabled { get; set; }

        public List<DisabledNode> Nodes { get; } = [];

        public Branch? Find(string child) => byName.GetValueOrDefault(child);

        public Branch Add(string child) => byName[child] = new Branch(child);

        public DisabledNode ToNode() => new(name, IsDisabled ? null : Nodes);
    }
}
