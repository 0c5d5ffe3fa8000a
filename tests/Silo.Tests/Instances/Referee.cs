using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Checks every event against the rules, knowing nothing but the scenario and the events in front of it. Slow and simple on purpose:
/// it looks everything up again each time, where the machine counts.
/// </summary>
internal sealed class Referee(Scenario scenario, ExecutionGraph graph)
{
    /// <summary>The plan of each node of the graph; everything below is by plan.</summary>
    private readonly int[] plans =
    [
        .. Enumerable.Range(0, graph.Count).Select(
            node => Enumerable.Range(0, graph.Count).Single(plan => scenario.PathOf(plan) == graph.PathOf(node))),
    ];
    private readonly NodeStatus?[] endings = new NodeStatus?[graph.Count];
    private readonly bool[] active = new bool[graph.Count];
    private readonly bool[] isReplacement = new bool[graph.Count];
    private readonly bool[] isRetry = new bool[graph.Count];
    private readonly bool[] isContainerFailing = new bool[graph.Count];
    private readonly int[] attempts = new int[graph.Count];
    private bool hasStarted;
    private bool isPaused;
    private bool isFailing;
    private bool isCancelling;
    private ExecutionStatus? outcome;

    private bool StartsNothingNew => isFailing && scenario.Action == FailureAction.FinishRunning;

    public void Watch(ExecutionTurn turn)
    {
        foreach (var happened in turn.Events) Watch(happened);
        foreach (var command in turn.Commands) CheckCommand(command, turn);
        for (var plan = 0; plan < graph.Count; plan++)
            if (active[plan] && scenario.Plans[plan].Kind == NodeKind.Container)
                Assert.Equal(Inside(plan).Any(FailedForGood), isContainerFailing[plan]);
    }

    public void CheckEnd(ExecutionState state)
    {
        Assert.Equal(outcome, state.Status);
        Assert.DoesNotContain(true, active);
        for (var plan = 0; plan < graph.Count; plan++)
            if (scenario.ContainerOf(plan) == -1)
                Assert.NotNull(endings[plan]);

        Assert.Equal(ExpectedOutcome(), outcome);
    }

    private void Watch(ExecutionEvent happened)
    {
        Assert.Null(outcome);
        switch (happened.Kind)
        {
            case EventKind.ExecutionStarted: hasStarted = true; break;
            case EventKind.ExecutionPaused: isPaused = true; break;
            case EventKind.ExecutionResumed: isPaused = false; break;
            case EventKind.ExecutionFailing:
                Assert.Contains(true, plans.Select(FailedForGood));
                isFailing = true;
                break;
            case EventKind.ExecutionCancelling: (isCancelling, isPaused) = (true, false); break;
            case EventKind.ExecutionRetried: isFailing = false; break;
            case EventKind.ExecutionEnded:
                Assert.False(isPaused);
                outcome = happened.Outcome;
                break;
            case EventKind.ExecutionAdopted: break;
            default: WatchNode(happened, plans[happened.Node]); break;
        }
    }

    private void WatchNode(ExecutionEvent happened, int plan)
    {
        var isPlugin = scenario.Plans[plan].Kind == NodeKind.Plugin;
        switch (happened.Kind)
        {
            case EventKind.NodeQueued:
                CheckStart(happened, plan);
                Assert.InRange(ActivePlugins(), 0, scenario.MaxParallel - 1);
                active[plan] = true;
                break;
            case EventKind.NodeStarted when !isPlugin:
                CheckStart(happened, plan);
                active[plan] = true;
                break;
            case EventKind.NodeStarted or EventKind.NodeCancelling:
                Assert.True(active[plan]);
                break;
            case EventKind.NodeFailing:
                Assert.True(active[plan] && !isContainerFailing[plan]);
                isContainerFailing[plan] = true;
                break;
            case EventKind.NodeWaiting:
                Assert.True((MayRun(plan) || isRetry[plan]) && !active[plan]);
                break;
            case EventKind.NodeRetrying or EventKind.NodeLost or EventKind.NodeInterrupted:
                Assert.True(active[plan]);
                active[plan] = false;
                isReplacement[plan] = happened.Kind != EventKind.NodeRetrying;
                isRetry[plan] = true;
                break;
            case EventKind.NodeReset:
                var goesOn = active[plan] || endings[plan] is NodeStatus.Failed or NodeStatus.Cancelled;
                active[plan] = scenario.Plans[plan].Kind == NodeKind.Container && goesOn;
                endings[plan] = null;
                (isRetry[plan], isContainerFailing[plan]) = (false, false);
                break;
            default:
                WatchEnd(happened, plan);
                break;
        }
    }

    private void WatchEnd(ExecutionEvent happened, int plan)
    {
        Assert.Null(endings[plan]);
        var (isOmitted, isSkipped) = (happened.Kind == EventKind.NodeOmitted, happened.Kind == EventKind.NodeSkipped);
        Assert.Equal(isSkipped, scenario.Plans[plan].IsDisabled);
        if (isOmitted || isSkipped)
        {
            Assert.False(active[plan]);
            Assert.True(isRetry[plan] || scenario.ParentsOf(plan).All(parent => endings[parent] is not null));
        }

        if (isOmitted && !isCancelling && !StartsNothingNew) Assert.False(ConditionsHold(plan));
        if (scenario.Plans[plan].Kind == NodeKind.Container && !isOmitted && !isSkipped)
            Assert.True(scenario.MembersOf(plan).All(member => endings[member] is not null));

        active[plan] = false;
        endings[plan] = isOmitted ? NodeStatus.Omitted : isSkipped ? NodeStatus.Skipped : happened.Status;
        if (happened.Kind == EventKind.NodeEnded && isCancelling && scenario.Plans[plan].Kind != NodeKind.Container)
            Assert.Equal(NodeStatus.Cancelled, happened.Status);
    }

    private void CheckStart(ExecutionEvent happened, int plan)
    {
        Assert.True(hasStarted && !isCancelling);
        Assert.True(!isPaused || isReplacement[plan]);
        Assert.True(!StartsNothingNew || isReplacement[plan]);
        Assert.True(MayRun(plan) || isRetry[plan]);
        Assert.False(active[plan]);
        Assert.Equal(attempts[plan] + 1, happened.Attempt);
        attempts[plan]++;
        (isReplacement[plan], isRetry[plan]) = (false, false);
    }

    private IEnumerable<int> Inside(int container) =>
        scenario.MembersOf(container).SelectMany(member => Inside(member).Prepend(member));

    private int ActivePlugins() =>
        Enumerable.Range(0, active.Length).Count(plan => active[plan] && scenario.Plans[plan].Kind == NodeKind.Plugin);

    private bool MayRun(int plan) =>
        !scenario.Plans[plan].IsDisabled && endings[plan] is null && ConditionsHold(plan)
        && (scenario.ContainerOf(plan) is var container && (container < 0 || active[container]));

    private bool ConditionsHold(int plan)
    {
        var parents = scenario.ParentsOf(plan).Select(parent => endings[parent]).ToList();
        if (parents.Contains(null)) return false;

        var gate = (scenario.Plans[plan].Macro ?? ConditionMacro.AllSuccess) switch
        {
            ConditionMacro.AllSuccess => parents.All(ending => ending!.Value.IsSuccess()),
            ConditionMacro.AllFailed => parents.All(ending => ending!.Value.IsFailure()),
            ConditionMacro.OneFailed => parents.Any(ending => ending!.Value.IsFailure()),
            ConditionMacro.OneSuccess => parents.Any(ending => ending!.Value.IsSuccess()),
            _ => true,
        };
        return gate && (!scenario.Plans[plan].AsksParent || scenario.ParentsOf(plan) is not [var first, ..] || OutputOf(first) == "1");
    }

    private string? OutputOf(int plan)
    {
        if (scenario.Plans[plan].Kind != NodeKind.Container)
            return endings[plan] == NodeStatus.Succeeded ? scenario.Plans[plan].Output : null;
        if (endings[plan] is NodeStatus.Skipped or NodeStatus.Omitted or null) return null;

        var ends = scenario.MembersOf(plan).Where(member => !scenario.ChildrenOf(member).Any());
        return ends.Select(OutputOf).LastOrDefault(output => output is not null);
    }

    private bool FailedForGood(int plan) =>
        endings[plan] == NodeStatus.Failed && scenario.Plans[plan].Kind != NodeKind.Container
        && (!scenario.ChildrenOf(plan).Any()
            || scenario.ChildrenOf(plan).Any(child => scenario.Plans[child].Macro is null or ConditionMacro.AllSuccess));

    private ExecutionStatus ExpectedOutcome()
    {
        if (isCancelling) return ExecutionStatus.Cancelled;
        if (plans.Any(FailedForGood)) return ExecutionStatus.Failed;
        var ends = scenario.MembersOf(-1).Where(plan => !scenario.ChildrenOf(plan).Any());
        return ends.Any(plan => endings[plan]!.Value.IsFailure()) ? ExecutionStatus.Cancelled : ExecutionStatus.Succeeded;
    }

    private void CheckCommand(ExecutionCommand command, ExecutionTurn turn)
    {
        if (command.Kind is CommandKind.WakeAt) return;
        var cause = command.Kind switch
        {
            CommandKind.Dispatch => EventKind.NodeQueued,
            CommandKind.RunControl => EventKind.NodeStarted,
            _ => EventKind.NodeCancelling,
        };

        Assert.Contains(
            turn.Events, happened => happened.Kind == cause && (happened.Node, happened.Attempt) == (command.Node, command.Attempt));
    }
}
