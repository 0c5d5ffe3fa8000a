using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// How the nodes of a scenario must end when everything that can run does, worked out from the workflow and never from a run.
/// </summary>
internal sealed class Prediction
{
    private readonly Scenario scenario;
    private readonly NodeStatus[] endings;
    private readonly string?[] outputs;

    private Prediction(Scenario scenario)
    {
        this.scenario = scenario;
        endings = [.. Enumerable.Range(0, scenario.Plans.Length).Select(Untouched)];
        outputs = new string?[endings.Length];
    }

    /// <returns>Endings by path, and whether some failure fails the execution.</returns>
    public static (Dictionary<string, NodeStatus> Endings, bool FailureMatters) Of(Scenario scenario)
    {
        var prediction = new Prediction(scenario);
        var failureMatters = prediction.Enter(-1);
        return (Enumerable.Range(0, scenario.Plans.Length).ToDictionary(scenario.PathOf, plan => prediction.endings[plan]), failureMatters);
    }

    /// <summary>A disabled container is disabled as a whole, so what is disabled inside it is not said.</summary>
    private NodeStatus Untouched(int plan)
    {
        for (var container = scenario.ContainerOf(plan); container >= 0; container = scenario.ContainerOf(container))
            if (scenario.Plans[container].IsDisabled)
                return NodeStatus.Planned;

        return scenario.Plans[plan].IsDisabled ? NodeStatus.Disabled : NodeStatus.Planned;
    }

    /// <returns>True when something inside fails for good.</returns>
    private bool Enter(int container)
    {
        var failureMatters = false;
        foreach (var plan in scenario.MembersOf(container))
        {
            var parents = scenario.ParentsOf(plan);
            var node = scenario.Plans[plan];
            if (node.IsDisabled)
                endings[plan] = NodeStatus.Skipped;
            else if (!Gate(node.Macro, [.. parents.Select(parent => endings[parent].IsSuccess())])
                || (node.AsksParent && parents is [var first, ..] && outputs[first] != "1"))
                endings[plan] = NodeStatus.Omitted;
            else
                failureMatters |= Perform(plan);
        }

        return failureMatters;
    }

    private bool Perform(int plan)
    {
        var node = scenario.Plans[plan];
        if (node.Kind == NodeKind.Container) return PerformInside(plan);

        var failures = node.Kind == NodeKind.Control ? 0 : node.Failures;
        var hangs = node.Kind == NodeKind.Control ? 0 : node.Hangs;
        endings[plan] = failures + hangs == 0 ? NodeStatus.Succeeded
            : node.IsTolerant ? NodeStatus.Tolerated
            : hangs > node.TimeoutRetries ? NodeStatus.TimedOut
            : failures <= node.Retries ? NodeStatus.Succeeded
            : NodeStatus.Failed;
        outputs[plan] = endings[plan] == NodeStatus.Succeeded ? node.Output : null;

        var children = scenario.ChildrenOf(plan).ToList();
        return endings[plan] is NodeStatus.Failed or NodeStatus.TimedOut
            && (children.Count == 0 || children.Any(child => scenario.Plans[child].Macro is null or ConditionMacro.AllSuccess));
    }

    private bool PerformInside(int plan)
    {
        var failureMatters = Enter(plan);
        var ends = scenario.MembersOf(plan).Where(member => !scenario.ChildrenOf(member).Any()).ToList();
        endings[plan] = failureMatters ? NodeStatus.Failed
            : ends.Exists(end => endings[end].IsFailure()) ? NodeStatus.Cancelled
            : NodeStatus.Succeeded;
        outputs[plan] = ends.Select(end => outputs[end]).LastOrDefault(output => output is not null);
        return failureMatters;
    }

    private static bool Gate(ConditionMacro? macro, bool[] successes) => macro switch
    {
        ConditionMacro.AllFailed => !successes.Contains(true),
        ConditionMacro.AllDone => true,
        ConditionMacro.OneFailed => successes.Contains(false),
        ConditionMacro.OneSuccess => successes.Contains(true),
        _ => !successes.Contains(false),
    };
}
