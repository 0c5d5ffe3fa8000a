using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>One execution with everything that is known about it.</summary>
internal sealed class ExecutionCase
{
    private readonly ILookup<string, LedgerLine> lines;

    public ExecutionCase(RecordedExecution recorded, PlannedWorkflow plan, OrderRecord? order, IEnumerable<LedgerLine> lines)
    {
        Recorded = recorded;
        Order = order;
        Places = plan.Places();
        Expectation = Expectation.Of(plan, order?.Cancel ?? CancelOrder.None);
        Nodes = [.. Enumerable.Range(0, Places.Count).Select(node => NodeRecordings.Of(recorded, node))];
        this.lines = lines.ToLookup(line => line.Path, StringComparer.Ordinal);
    }

    public RecordedExecution Recorded { get; }

    /// <summary>Null when nobody was told that it exists.</summary>
    public OrderRecord? Order { get; }

    public IReadOnlyList<NodePlace> Places { get; }

    public Expectation Expectation { get; }

    /// <summary>By position.</summary>
    public IReadOnlyList<NodeRecordings> Nodes { get; }

    /// <summary>What the jobs of a node have written, in that order.</summary>
    public IEnumerable<LedgerLine> LinesOf(int node) => lines[Places[node].Path];

    /// <summary>Paths in the ledger that the plan does not know.</summary>
    public IEnumerable<string> StrangePaths => lines.Select(group => group.Key).Except(Places.Select(place => place.Path), StringComparer.Ordinal);

    public bool IsInside(int node, int container)
    {
        for (var around = node; around != NodePlace.Root; around = Places[around].Container)
            if (around == container)
                return true;
        return false;
    }

    public string NameOf(int node) => $"execution {Recorded.Id} ({Recorded.Workflow}), node {Places[node].Path}";

    /// <summary>Ledger and journal of a node, and the logs of the silos that ran it.</summary>
    public IReadOnlyList<string> Tell(int node, RunEvidence evidence) =>
    [
        .. LinesOf(node).Select(line => $"ledger: {line.Text}"),
        .. Nodes[node].Ends.Select(end => $"journal: {end}"),
        .. LinesOf(node).Select(line => evidence.LifeOf(line.Silo)).OfType<SiloLife>().Distinct().Select(life => $"ran on {life}"),
    ];

    /// <summary>The rows of the journal in words.</summary>
    public IReadOnlyList<string> TellJournal() =>
        [.. Recorded.Rows.Select(row => $"journal: {row.Sequence} {row.Epoch:N} {row.Fault ?? string.Join(", ", row.Events.Select(Describe))}")];

    private string Describe(ExecutionEvent happened) => happened.Kind.IsOfNode() && happened.Node < Places.Count
        ? $"{happened.Kind} {Places[happened.Node].Path} {happened.Attempt} {happened.Text}".TrimEnd()
        : $"{happened.Kind} {happened.Text}".TrimEnd();
}

/// <summary>The evidence of a run, sorted by execution.</summary>
internal sealed class CaseFile
{
    public CaseFile(RunEvidence evidence)
    {
        Evidence = evidence;
        var orders = evidence.Orders.Where(order => order.Execution is not null).ToLookup(order => order.Execution!.Value);
        var lines = evidence.Ledger.Lines.ToLookup(line => line.Execution);
        Cases = [.. evidence.Executions
            .Where(execution => evidence.Workflows.ContainsKey(execution.Workflow))
            .Select(execution => new ExecutionCase(
                execution, evidence.Workflows[execution.Workflow], orders[execution.Id].FirstOrDefault(), lines[execution.Id]))];
    }

    public RunEvidence Evidence { get; }

    public IReadOnlyList<ExecutionCase> Cases { get; }
}
