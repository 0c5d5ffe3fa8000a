using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Torture.Load;

/// <summary>
/// How every node ends when everything runs that may: the rules of conditional workflows, retries and embedded workflows, applied
/// until nothing is left to say.
/// </summary>
internal sealed class NaturalEnding
{
    private readonly IReadOnlyList<NodePlace> places;
    private readonly NodeStatus?[] statuses;
    private readonly bool[] isEntered;

    private NaturalEnding(IReadOnlyList<NodePlace> places)
    {
        this.places = places;
        statuses = new NodeStatus?[places.Count];
        isEntered = new bool[places.Count];
    }

    /// <summary>By position.</summary>
    public IReadOnlyList<NodeStatus> Statuses => [.. statuses.Select(status => status!.Value)];

    /// <summary>Nodes whose failure fails the execution, by position.</summary>
    public IReadOnlyList<int> Breakers => [.. Enumerable.Range(0, places.Count).Where(IsBreaker)];

    public static NaturalEnding Of(IReadOnlyList<NodePlace> places)
    {
        var ending = new NaturalEnding(places);
        while (ending.statuses.Contains(null))
            if (!ending.Advance()) throw new InvalidOperationException("The plan has a cycle.");
        return ending;
    }

    /// <summary>How the execution ends.</summary>
    public ExecutionStatus OutcomeUnder(FailureAction action) => Breakers.Count > 0
        ? action == FailureAction.CancelAll ? ExecutionStatus.Cancelled : ExecutionStatus.Failed
        : EndsOf(NodePlace.Root).Any(end => statuses[end]!.Value.IsFailure()) ? ExecutionStatus.Cancelled : ExecutionStatus.Succeeded;

    private bool Advance()
    {
        var hasMoved = false;
        for (var node = 0; node < places.Count; node++)
            if (statuses[node] is null)
            {
                var wasEntered = isEntered[node];
                statuses[node] = TryEnd(node);
                hasMoved |= statuses[node] is not null || isEntered[node] != wasEntered;
            }

        return hasMoved;
    }

    private NodeStatus? TryEnd(int node)
    {
        var (plan, _, container, parents) = places[node];
        if (container != NodePlace.Root && !isEntered[container])
            return statuses[container] is null ? null : plan.IsDisabled ? NodeStatus.Disabled : NodeStatus.Planned;
        if (isEntered[node]) return TryEndContainer(node);
        if (parents.Any(parent => statuses[parent] is null)) return null;
        if (plan.IsDisabled) return NodeStatus.Skipped;
        if (!MayStart(plan, parents)) return NodeStatus.Omitted;
        if (plan.Members is null) return plan.Job is { } job ? EndOf(job) : NodeStatus.Succeeded;

        isEntered[node] = true;
        return TryEndContainer(node);
    }

    private bool MayStart(PlannedNode plan, IReadOnlyList<int> parents)
    {
        var successes = parents.Count(parent => statuses[parent]!.Value.IsSuccess());
        var holds = plan.Rule switch
        {
            ParentRule.AllSuccess => successes == parents.Count,
            ParentRule.AllDone => true,
            ParentRule.OneFailed => successes < parents.Count,
            ParentRule.OneSuccess => successes > 0,
            ParentRule.AllFailed => successes == 0,
            _ => throw new InvalidOperationException($"{plan.Rule} is no rule."),
        };
        return holds && (plan.WantedAnswer is null || AnswerOf(parents[0]) == plan.WantedAnswer);
    }

    private string? AnswerOf(int node) => statuses[node] == NodeStatus.Succeeded ? places[node].Plan.Job?.Answer : null;

    /// <summary>A tolerated failure is not tried again.</summary>
    private static NodeStatus EndOf(JobPlan job) =>
        job.Failures == 0 ? NodeStatus.Succeeded
        : job.IsTolerated ? NodeStatus.Tolerated
        : job.Failures <= job.Retries ? NodeStatus.Succeeded
        : NodeStatus.Failed;

    private NodeStatus? TryEndContainer(int node)
    {
        var inside = Enumerable.Range(0, places.Count).Where(member => IsInside(member, node)).ToList();
        if (inside.Exists(member => statuses[member] is null)) return null;
        if (inside.Exists(IsBreaker)) return NodeStatus.Failed;
        return EndsOf(node).Any(end => statuses[end]!.Value.IsFailure()) ? NodeStatus.Cancelled : NodeStatus.Succeeded;
    }

    private bool IsInside(int node, int container)
    {
        for (var around = places[node].Container; around != NodePlace.Root; around = places[around].Container)
            if (around == container)
                return true;
        return false;
    }

    /// <summary>A failure does not count when every node behind it has a rule that can make something of it.</summary>
    private bool IsBreaker(int node) =>
        statuses[node] == NodeStatus.Failed && places[node].Plan.Job is not null
        && ChildrenOf(node).ToList() is var children
        && (children.Count == 0 || children.Exists(child => places[child].Plan.Rule == ParentRule.AllSuccess));

    private IEnumerable<int> ChildrenOf(int node) => Enumerable.Range(0, places.Count).Where(child => places[child].Parents.Contains(node));

    private IEnumerable<int> EndsOf(int container) =>
        Enumerable.Range(0, places.Count).Where(node => places[node].Container == container && !ChildrenOf(node).Any());
}
