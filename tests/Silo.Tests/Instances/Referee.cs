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
    private readonly bool[] isAsleep = new bool[graph.Count];
    private readonly bool[] isInLine = new bool[graph.Count];
    private readonly bool[] isEndedElsewhere = new bool[graph.Count];
    private readonly DateTimeOffset[] dueAt = new DateTimeOffset[graph.Count];
    private readonly string?[] handles = new string?[graph.Count];
    private readonly int[] attempts = new int[graph.Count];
    private readonly DateTimeOffset?[] startedAt = new DateTimeOffset?[graph.Count];
    private readonly bool[] isTimingOut = new bool[graph.Count];
    private readonly int[] retried = new int[graph.Count];
    private readonly int[] lost = new int[graph.Count];
    private readonly int[] timedOut = new int[graph.Count];
    private readonly List<NodeStatus>[] past = [.. Enumerable.Range(0, graph.Count).Select(_ => new List<NodeStatus>())];
    private DateTimeOffset? executionStartedAt;
    private bool hasStarted;
    private bool isPaused;
    private bool isFailing;
    private bool isCancelling;
    private bool hasTimedOut;
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

    public void CheckNothingIsOverdue(DateTimeOffset now)
    {
        if (outcome is not null) return;
        if (executionStartedAt is { } started && scenario.Timeout > 0) Assert.True(isCancelling || now < started.AddSeconds(scenario.Timeout));
        for (var plan = 0; plan < graph.Count; plan++)
        {
            if (startedAt[plan] is { } at && scenario.Plans[plan].Timeout is > 0 and var timeout && !isCancelling && !isTimingOut[plan])
                Assert.True(now < at.AddSeconds(timeout));
            if (isAsleep[plan] && !isInLine[plan]) Assert.True(now < dueAt[plan]);
        }
    }

    public void CheckEnd(ExecutionState state, IReadOnlyList<NodeView> nodes)
    {
        for (var node = 0; node < nodes.Count; node++)
            Assert.Equal(past[plans[node]], nodes[node].PastAttempts.Select(attempt => attempt.Status));

        Assert.Equal(outcome, state.Status);
        Assert.DoesNotContain(true, active.Concat(isAsleep));
        Assert.All(handles, Assert.Null);
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
            case EventKind.ExecutionStarted: (hasStarted, executionStartedAt) = (true, Instant(happened)); break;
            case EventKind.ExecutionPaused: isPaused = true; break;
            case EventKind.ExecutionResumed: isPaused = false; break;
            case EventKind.ExecutionFailing:
                Assert.Contains(true, plans.Select(FailedForGood));
                isFailing = true;
                break;
            case EventKind.ExecutionCancelling: (isCancelling, isPaused) = (true, false); break;
            case EventKind.ExecutionTimingOut:
                Assert.False(isCancelling);
                Assert.True(scenario.Timeout > 0 && Instant(happened) >= executionStartedAt!.Value.AddSeconds(scenario.Timeout));
                (isCancelling, hasTimedOut, isPaused) = (true, true, false);
                break;
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
                if (isAsleep[plan]) CheckNextCall(happened, plan);
                else CheckStart(happened, plan);
                Assert.InRange(ActivePlugins(), 0, scenario.MaxParallel - 1);
                Wake(plan);
                break;
            case EventKind.NodeStarted when !isPlugin:
                CheckStart(happened, plan);
                active[plan] = true;
                break;
            case EventKind.NodeStarted:
                Assert.True(active[plan] && !isTimingOut[plan]);
                startedAt[plan] ??= Instant(happened);
                break;
            case EventKind.NodeSleeping:
                Assert.True(active[plan] && isPlugin && !isCancelling && !isTimingOut[plan] && happened.DueAt > happened.At);
                Assert.Equal(attempts[plan], happened.Attempt);
                startedAt[plan] ??= Instant(happened);
                dueAt[plan] = DateTimeOffset.FromUnixTimeMilliseconds(happened.DueAt);
                (active[plan], isAsleep[plan]) = (false, true);
                break;
            case EventKind.NodeHandleSaved:
                Assert.True(active[plan] && scenario.Plans[plan].HasHandle && happened.Text != handles[plan]);
                handles[plan] = happened.Text;
                break;
            case EventKind.NodeCancelling:
                Assert.True((active[plan] || (isAsleep[plan] && handles[plan] is not null)) && isCancelling);
                isEndedElsewhere[plan] |= isAsleep[plan];
                Wake(plan);
                isTimingOut[plan] = false;
                break;
            case EventKind.NodeTimingOut:
                Assert.True(active[plan] || (isAsleep[plan] && handles[plan] is not null));
                Assert.False(isCancelling);
                PassDeadline(happened, plan);
                isEndedElsewhere[plan] |= isAsleep[plan];
                Wake(plan);
                break;
            case EventKind.NodeFailing:
                Assert.True(active[plan] && !isContainerFailing[plan]);
                isContainerFailing[plan] = true;
                break;
            case EventKind.NodeWaiting:
                Assert.True((isAsleep[plan] ? Instant(happened) >= dueAt[plan] && !isCancelling : MayRun(plan) || isRetry[plan]) && !active[plan]);
                isInLine[plan] = isAsleep[plan];
                break;
            case EventKind.NodeRetrying or EventKind.NodeLost or EventKind.NodeInterrupted or EventKind.NodeTimedOut:
                Assert.True(!scenario.Plans[plan].IsTolerant || happened.Kind is EventKind.NodeLost or EventKind.NodeInterrupted);
                if (isAsleep[plan]) PassDeadlineAsleep(happened, plan);
                else Assert.True(active[plan]);
                CheckBudget(happened.Kind, plan);
                past[plan].Add(happened.Kind == EventKind.NodeTimedOut ? NodeStatus.TimedOut : NodeStatus.Failed);
                Leave(plan);
                isReplacement[plan] = happened.Kind is EventKind.NodeLost or EventKind.NodeInterrupted;
                if (!isReplacement[plan]) handles[plan] = null;
                isRetry[plan] = true;
                break;
            case EventKind.NodeReset:
                Assert.True(!isAsleep[plan] && handles[plan] is null);
                var goesOn = active[plan] || endings[plan] is NodeStatus.Failed or NodeStatus.Cancelled;
                active[plan] = scenario.Plans[plan].Kind == NodeKind.Container && goesOn;
                if (!active[plan] && endings[plan] is NodeStatus.Failed or NodeStatus.TimedOut or NodeStatus.Cancelled)
                {
                    // Azkaban counts a person's order as one of the author's retries; the other budgets begin anew.
                    past[plan].Add(endings[plan]!.Value);
                    (retried[plan], lost[plan], timedOut[plan]) = (retried[plan] + 1, 0, 0);
                }

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
        var isPlugin = scenario.Plans[plan].Kind == NodeKind.Plugin;
        Assert.Null(endings[plan]);
        var (isOmitted, isSkipped) = (happened.Kind == EventKind.NodeOmitted, happened.Kind == EventKind.NodeSkipped);
        Assert.Equal(isSkipped, scenario.Plans[plan].IsDisabled);
        if (isOmitted || isSkipped)
        {
            Assert.False(active[plan] || isAsleep[plan]);
            Assert.True(isRetry[plan] || scenario.ParentsOf(plan).All(parent => endings[parent] is not null));
        }

        if (isOmitted && isCancelling) Assert.Equal(hasTimedOut ? Omission.TimedOut : Omission.Cancel, happened.Omission);
        if (isOmitted && !isCancelling && !StartsNothingNew) Assert.False(ConditionsHold(plan));
        if (scenario.Plans[plan].Kind == NodeKind.Container && !isOmitted && !isSkipped)
            Assert.True(scenario.MembersOf(plan).All(member => endings[member] is not null));

        if (isAsleep[plan] && !isCancelling) PassDeadlineAsleep(happened, plan);
        if (isAsleep[plan]) Assert.Null(handles[plan]);
        if (isPlugin && happened.Kind == EventKind.NodeEnded && !isCancelling) CheckCause(happened, plan);
        Leave(plan);
        handles[plan] = null;
        endings[plan] = isOmitted ? NodeStatus.Omitted : isSkipped ? NodeStatus.Skipped : happened.Status;
        if (happened.Kind == EventKind.NodeEnded && isCancelling && scenario.Plans[plan].Kind != NodeKind.Container)
            Assert.Equal(NodeStatus.Cancelled, happened.Status);
    }

    /// <summary>Failures, losses and time-outs are paid for from three purses, and an interruption from none.</summary>
    private void CheckBudget(EventKind kind, int plan)
    {
        Assert.Equal(kind == EventKind.NodeTimedOut, isTimingOut[plan]);
        switch (kind)
        {
            case EventKind.NodeRetrying: Assert.True(retried[plan]++ < scenario.Plans[plan].Retries); break;
            case EventKind.NodeLost: Assert.True(lost[plan]++ < ExecutionMachine.DefaultLostBudget); break;
            case EventKind.NodeTimedOut: Assert.True(timedOut[plan]++ < scenario.Plans[plan].TimeoutRetries); break;
            default: break;
        }
    }

    /// <summary>A node fails for good only when the purse that would have paid for a further attempt is empty.</summary>
    private void CheckCause(ExecutionEvent happened, int plan)
    {
        Assert.Equal(isTimingOut[plan], happened.Code == ExecutionMachine.TimeoutCode);
        if (happened.Status == NodeStatus.Succeeded) return;

        Assert.Equal(scenario.Plans[plan].IsTolerant, happened.Status == NodeStatus.Tolerated);
        if (happened.Status == NodeStatus.Tolerated) return;

        Assert.Equal(isTimingOut[plan] ? NodeStatus.TimedOut : NodeStatus.Failed, happened.Status);
        if (isTimingOut[plan]) Assert.Equal(scenario.Plans[plan].TimeoutRetries, timedOut[plan]);
        else if (happened.Code == ExecutionMachine.LostCode) Assert.Equal(ExecutionMachine.DefaultLostBudget, lost[plan]);
        else Assert.True(retried[plan] >= scenario.Plans[plan].Retries);
    }

    private void Leave(int plan) =>
        (active[plan], isTimingOut[plan], startedAt[plan], isAsleep[plan], isInLine[plan], isEndedElsewhere[plan]) =
            (false, false, null, false, false, false);

    /// <summary>Whoever sleeps is called again; where there is a handle to its work, also to be stopped.</summary>
    private void Wake(int plan) => (active[plan], isAsleep[plan], isInLine[plan]) = (true, false, false);

    private void PassDeadline(ExecutionEvent happened, int plan)
    {
        Assert.True(!isTimingOut[plan] && scenario.Plans[plan] is { Kind: NodeKind.Plugin, Timeout: > 0 });
        Assert.True(Instant(happened) >= startedAt[plan]!.Value.AddSeconds(scenario.Plans[plan].Timeout));
        isTimingOut[plan] = true;
    }

    /// <summary>Nothing of it has to be stopped.</summary>
    private void PassDeadlineAsleep(ExecutionEvent happened, int plan)
    {
        Assert.Null(handles[plan]);
        PassDeadline(happened, plan);
    }

    private static DateTimeOffset Instant(ExecutionEvent happened) => DateTimeOffset.FromUnixTimeMilliseconds(happened.At);

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

    /// <summary>It has begun: neither a pause nor a failure elsewhere holds it back, only the limit.</summary>
    private void CheckNextCall(ExecutionEvent happened, int plan)
    {
        Assert.False(isCancelling || active[plan]);
        Assert.True(Instant(happened) >= dueAt[plan]);
        Assert.Equal(attempts[plan], happened.Attempt);
    }

    private IEnumerable<int> Inside(int container) =>
        scenario.MembersOf(container).SelectMany(member => Inside(member).Prepend(member));

    /// <summary>Work of sleepers is ended at once, whatever else runs, so it does not count.</summary>
    private int ActivePlugins() => Enumerable.Range(0, active.Length)
        .Count(plan => active[plan] && !isEndedElsewhere[plan] && scenario.Plans[plan].Kind == NodeKind.Plugin);

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
        endings[plan] is NodeStatus.Failed or NodeStatus.TimedOut && scenario.Plans[plan].Kind != NodeKind.Container
        && (!scenario.ChildrenOf(plan).Any()
            || scenario.ChildrenOf(plan).Any(child => scenario.Plans[child].Macro is null or ConditionMacro.AllSuccess));

    private ExecutionStatus ExpectedOutcome()
    {
        if (isCancelling) return hasTimedOut ? ExecutionStatus.TimedOut : ExecutionStatus.Cancelled;
        if (plans.Any(FailedForGood)) return ExecutionStatus.Failed;
        var ends = scenario.MembersOf(-1).Where(plan => !scenario.ChildrenOf(plan).Any());
        return ends.Any(plan => endings[plan]!.Value.IsFailure()) ? ExecutionStatus.Cancelled : ExecutionStatus.Succeeded;
    }

    private void CheckCommand(ExecutionCommand command, ExecutionTurn turn)
    {
        if (command.Kind is CommandKind.WakeAt) return;
        EventKind[] causes = command.Kind switch
        {
            CommandKind.Dispatch => [EventKind.NodeQueued],
            CommandKind.RunControl => [EventKind.NodeStarted],
            _ => [EventKind.NodeCancelling, EventKind.NodeTimingOut],
        };

        Assert.Contains(
            turn.Events, happened => causes.Contains(happened.Kind) && (happened.Node, happened.Attempt) == (command.Node, command.Attempt));
    }
}
