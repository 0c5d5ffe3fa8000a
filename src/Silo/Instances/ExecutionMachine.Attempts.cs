using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>What runners report. A report about any but the current call of the current attempt is from the past and changes nothing.</content>
internal sealed partial class ExecutionMachine
{
    private void AttemptStarted(int node, int attempt, int call)
    {
        if (!IsCurrent(node, attempt, call) || state[node].State != NodeState.Queued) return;

        var isFirst = !state.IsUnderWay(node);
        EmitNode(EventKind.NodeStarted, node);
        if (isFirst) deadlines.Watch(node);
    }

    /// <summary>An attempt that is being stopped may still save one: only so its work is found if its silo is lost before it has ended it.</summary>
    private ControlResult SaveHandle(int node, int attempt, int call, string? handle)
    {
        if (!IsCurrent(node, attempt, call)) return ControlResult.NotActive;

        if (state[node].Handle != handle) Emit(ExecutionEvent.NodeHandleSaved(now, node, attempt, handle));
        return ControlResult.Done;
    }

    private void AttemptEnded(int node, int attempt, int call, AttemptResult result)
    {
        if (!IsCurrent(node, attempt, call)) return;

        // Whatever it says: it was told to stop, and Azkaban counts even a success as killed.
        switch (state[node].State, result)
        {
            case (NodeState.Cancelling or NodeState.TimingOut, AttemptResult.Lost or AttemptResult.Interrupted or AttemptResult.Waiting)
                when state[node].Handle is not null:
                // Only the call is over. Whoever stops the attempt finds out that it runs nowhere, and has its work ended.
                break;
            case (NodeState.Cancelling, _):
                End(node, NodeStatus.Cancelled, FailedKill(result));
                break;
            case (NodeState.TimingOut, _):
                EndTimedOut(node, FailedKill(result));
                break;
            case (_, AttemptResult.Waiting(var reason, var checkAfter)):
                Sleep(node, reason, checkAfter);
                break;
            case (_, AttemptResult.Succeeded(var outputs)):
                Emit(ExecutionEvent.NodeSucceeded(now, node, attempt, outputs));
                ended.Enqueue(node);
                break;
            case (_, AttemptResult.Cancelled):
                End(node, NodeStatus.Cancelled);
                break;
            case (_, AttemptResult.Lost(var reason)):
                Lose(node, reason);
                break;
            case (_, AttemptResult.Interrupted(var reason)):
                Emit(ExecutionEvent.NodeInterrupted(now, node, attempt, reason));
                BeginNow(node);
                break;
            case (_, AttemptResult.Failed(var code, var message, var canRetry)):
                Fail(node, new Failure(code, message), canRetry);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(result), result, "Not a result.");
        }
    }

    private bool IsCurrent(int node, int attempt, int call) =>
        (uint)node < (uint)graph.Count && graph[node].Kind != NodeKind.Container && state[node].Attempt == attempt
        && state[node].Call == call && state[node].State.IsOutstanding();

    private static Failure? FailedKill(AttemptResult result) =>
        result is AttemptResult.Failed(KillFailedCode, var message, _) ? new Failure(KillFailedCode, message) : null;

    private void Sleep(int node, string reason, TimeSpan checkAfter)
    {
        var isFirst = !state.IsUnderWay(node);
        Emit(ExecutionEvent.NodeSleeping(now, node, state[node].Attempt, reason, now + (long)checkAfter.TotalMilliseconds));
        if (isFirst) deadlines.Watch(node);
    }

    private void End(int node, NodeStatus ending, Failure? failure = null)
    {
        Emit(ExecutionEvent.NodeEnded(now, node, state[node].Attempt, ending, failure));
        ended.Enqueue(node);
    }

    // It was running, and goes on running elsewhere: neither a pause nor a failing execution stands in its way.
    private void Lose(int node, string reason)
    {
        if ((state[node].Record?.Lost ?? 0) >= lostBudget)
        {
            Fail(node, new Failure(LostCode, reason), canRetry: false);
            return;
        }

        Emit(ExecutionEvent.NodeLost(now, node, state[node].Attempt, reason));
        BeginNow(node);
    }

    private void Fail(int node, Failure failure, bool canRetry)
    {
        if (settings[node].ToleratesFailure)
            End(node, NodeStatus.Tolerated, failure);
        else if (canRetry && (state[node].Record?.Retries ?? 0) < settings[node].Retries)
            TryAgain(ExecutionEvent.NodeRetrying(now, node, state[node].Attempt, failure, NextTryOf(node)));
        else
            FailForGood(node, NodeStatus.Failed, failure);
    }

    /// <summary>It has run out of time and has stopped. The author's retries are for failures; time-outs have their own.</summary>
    private void EndTimedOut(int node, Failure? failedKill = null)
    {
        var tooLong = $"It ran longer than {DurationText.Of(settings[node].Timeout)}";
        var failure = new Failure(TimeoutCode, failedKill is { Message: var left } ? $"{tooLong}. {left}" : tooLong);
        if (settings[node].ToleratesFailure)
            End(node, NodeStatus.Tolerated, failure);
        else if (failedKill is null && (state[node].Record?.TimedOut ?? 0) < settings[node].TimeoutRetries)
            TryAgain(ExecutionEvent.NodeTimedOut(now, node, state[node].Attempt, failure, NextTryOf(node)));
        else
            FailForGood(node, NodeStatus.TimedOut, failure);
    }

    private long NextTryOf(int node) => now + (long)settings[node].RetryDelay.TotalMilliseconds;

    private void TryAgain(in ExecutionEvent happened)
    {
        Emit(happened);

        // Azkaban puts the node back before it looks at the state of the flow, so it ends as omitted and not as failed.
        if (StartsNothingNew) PassOver(ExecutionEvent.NodeOmitted(now, happened.Node, Omission.Failure));
    }

    private void FailForGood(int node, NodeStatus ending, Failure failure)
    {
        End(node, ending, failure);
        if (!graph[node].FailureMatters) return;

        for (var container = graph[node].Container; container != ExecutionGraph.Root; container = graph[container].Container)
        {
            if (state[container].State == NodeState.Failing) break;
            EmitNode(EventKind.NodeFailing, container);
        }

        if (state.StatusBehindPause != ExecutionStatus.Running) return;
        Emit(ExecutionEvent.OfExecution(EventKind.ExecutionFailing, now));
        if (failureAction == FailureAction.FinishRunning) OmitWaiting(Omission.Failure);
        if (failureAction == FailureAction.CancelAll) CancelEverything(user: null);
    }

    /// <summary>A deadline counts from the moment this is called, not from the moment it has passed: what has ended by then has ended.</summary>
    private void DoWhatIsDue()
    {
        if (deadlines.OfExecution <= now) TimeOutExecution();
        while (deadlines.TakeDue(now) is { } node) TimeOut(node);
        while (state.TakeDue(now) is { } node) Begin(node);
    }

    /// <summary>Of an attempt that sleeps nothing has to be stopped, unless it has left a handle.</summary>
    private void TimeOut(int node)
    {
        if (state[node] is { State: NodeState.Ready or NodeState.BackingOff, Handle: null }) EndTimedOut(node);
        else Stop(node, EventKind.NodeTimingOut);
    }
}
