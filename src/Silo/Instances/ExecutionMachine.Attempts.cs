using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>What runners report. A report about any but the current attempt is from the past and changes nothing.</content>
internal sealed partial class ExecutionMachine
{
    private void AttemptStarted(int node, int attempt)
    {
        if (IsCurrent(node, attempt) && state[node].State == NodeState.Queued) EmitNode(EventKind.NodeStarted, node);
    }

    private void AttemptEnded(int node, int attempt, AttemptResult result)
    {
        if (!IsCurrent(node, attempt)) return;
        if (state[node].State == NodeState.Cancelling)
        {
            // Whatever it says: it was told to stop, and Azkaban counts even a success as killed.
            End(node, NodeStatus.Cancelled);
            return;
        }

        switch (result)
        {
            case AttemptResult.Succeeded(var outputs):
                Emit(ExecutionEvent.NodeSucceeded(now, node, attempt, outputs));
                ended.Enqueue(node);
                break;
            case AttemptResult.Cancelled:
                End(node, NodeStatus.Cancelled);
                break;
            case AttemptResult.Lost(var reason):
                Lose(node, reason);
                break;
            case AttemptResult.Interrupted(var reason):
                Emit(ExecutionEvent.NodeInterrupted(now, node, attempt, reason));
                BeginNow(node);
                break;
            case AttemptResult.Failed(var code, var message, var canRetry):
                Fail(node, new Failure(code, message), canRetry);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(result), result, "Not a result.");
        }
    }

    private bool IsCurrent(int node, int attempt) =>
        (uint)node < (uint)graph.Count && graph[node].Kind != NodeKind.Container && state[node].Attempt == attempt
        && state[node].State.IsOutstanding();

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
        var settings = graph[node].Settings;
        if (settings.ToleratesFailure)
            End(node, NodeStatus.Tolerated, failure);
        else if (canRetry && (state[node].Record?.Retries ?? 0) < settings.Retries)
            Retry(node, failure, settings.RetryDelay);
        else
            FailForGood(node, failure);
    }

    private void Retry(int node, Failure failure, TimeSpan delay)
    {
        Emit(ExecutionEvent.NodeRetrying(now, node, state[node].Attempt, failure, now + (long)delay.TotalMilliseconds));

        // Azkaban puts the node back before it looks at the state of the flow, so it ends as omitted and not as failed.
        if (StartsNothingNew) PassOver(ExecutionEvent.NodeOmitted(now, node, Omission.Failure));
    }

    private void FailForGood(int node, Failure failure)
    {
        End(node, NodeStatus.Failed, failure);
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

    private void BeginDue()
    {
        while (state.TakeDue(now) is { } node) Begin(node);
    }
}
