using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Torture.Load;

/// <summary>
/// How an execution of a planned workflow may end, worked out from the plan by Azkaban's rules as they are written down, and not
/// from the engine. Where a failure stops the rest, how far the rest had come is chance, so a node may have several endings.
/// </summary>
/// <param name="Outcomes">Endings of the execution.</param>
/// <param name="Nodes">By position: endings of the node.</param>
internal sealed record Expectation(IReadOnlySet<ExecutionStatus> Outcomes, IReadOnlyList<IReadOnlySet<NodeStatus>> Nodes)
{
    /// <param name="workflow">The plan.</param>
    /// <param name="cancel">Whether somebody cancelled it.</param>
    public static Expectation Of(PlannedWorkflow workflow, CancelOrder cancel = CancelOrder.None)
    {
        var places = workflow.Places();
        var natural = NaturalEnding.Of(places);
        var outcome = natural.OutcomeUnder(workflow.FailureAction);
        var stopped = natural.Breakers.Count > 0 && workflow.FailureAction != FailureAction.FinishPossible;
        var certain = stopped ? AncestorsOf(natural.Breakers, places) : [];

        var nodes = new List<IReadOnlySet<NodeStatus>>();
        for (var node = 0; node < places.Count; node++)
        {
            var endings = new HashSet<NodeStatus> { natural.Statuses[node] };
            if (stopped && !certain.Contains(node)) AddStopped(endings, places[node], workflow.FailureAction == FailureAction.CancelAll);
            if (stopped && workflow.FailureAction == FailureAction.CancelAll && IsAround(node, natural.Breakers, places)) endings.Add(NodeStatus.Cancelled);
            if (cancel != CancelOrder.None) AddStopped(endings, places[node], isCancelled: true);
            nodes.Add(endings);
        }

        return new Expectation(
            cancel switch
            {
                CancelOrder.None => new HashSet<ExecutionStatus> { outcome },
                CancelOrder.Acknowledged => new HashSet<ExecutionStatus> { ExecutionStatus.Cancelled },
                _ => new HashSet<ExecutionStatus> { outcome, ExecutionStatus.Cancelled },
            },
            nodes);
    }

    /// <summary>It may not have started, may have been stopped, or its container may never have been entered.</summary>
    private static void AddStopped(HashSet<NodeStatus> endings, NodePlace place, bool isCancelled)
    {
        if (place.Plan.IsDisabled) endings.Add(NodeStatus.Skipped);
        else endings.Add(NodeStatus.Omitted);
        if (isCancelled || place.Plan.Members is not null) endings.Add(NodeStatus.Cancelled);
        if (place.Container != NodePlace.Root) endings.Add(place.Plan.IsDisabled ? NodeStatus.Disabled : NodeStatus.Planned);
    }

    private static bool IsAround(int node, IReadOnlyList<int> breakers, IReadOnlyList<NodePlace> places)
    {
        foreach (var breaker in breakers)
            for (var container = places[breaker].Container; container != NodePlace.Root; container = places[container].Container)
                if (container == node)
                    return true;
        return false;
    }

    /// <summary>
    /// What must have ended before every breaker could start, with all that is inside it; the breakers; and what is around them.
    /// </summary>
    private static HashSet<int> AncestorsOf(IReadOnlyList<int> breakers, IReadOnlyList<NodePlace> places)
    {
        HashSet<int>? common = null;
        foreach (var breaker in breakers)
        {
            var before = new HashSet<int>();
            var open = new Stack<int>([breaker]);
            while (open.TryPop(out var node))
            {
                if (!before.Add(node)) continue;
                foreach (var parent in places[node].Parents) open.Push(parent);
                if (places[node].Container is var container and not NodePlace.Root && IsAround(container, breakers, places)) open.Push(container);
                if (!IsAround(node, breakers, places))
                    for (var member = 0; member < places.Count; member++)
                        if (places[member].Container == node) open.Push(member);
            }

            if (common is null) common = before;
            else common.IntersectWith(before);
        }

        return common ?? [];
    }
}

/// <summary>Whether somebody cancelled an execution.</summary>
internal enum CancelOrder
{
    None = 0,

    /// <summary>The order was acknowledged while the execution was running: it must be obeyed.</summary>
    Acknowledged = 1,

    /// <summary>No answer came: it may or may not have been stored.</summary>
    Unanswered = 2,
}
