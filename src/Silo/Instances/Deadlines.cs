using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <summary>
/// When what runs will have run long enough. A deadline follows from a start that is stored, so nothing here is: after a crash the time
/// that is left counts. Nodes without a time-out cost nothing.
/// </summary>
internal sealed class Deadlines(ExecutionState state, ExecutionSettings settings)
{
    private readonly PriorityQueue<(int Node, int Attempt), (long DueAt, int Node)> attempts = new();

    /// <summary>The earliest deadline of an attempt that runs or sleeps, or null.</summary>
    public long? Next
    {
        get
        {
            while (attempts.TryPeek(out var attempt, out var priority))
            {
                if (state.IsUnderWay(attempt.Node) && state[attempt.Node].Attempt == attempt.Attempt) return priority.DueAt;
                attempts.Dequeue();
            }

            return null;
        }
    }

    /// <summary>The deadline of the execution itself; null when it has none, has not begun, or is being stopped.</summary>
    public long? OfExecution =>
        settings.Timeout == TimeSpan.Zero || state.StatusBehindPause is ExecutionStatus.Waiting or ExecutionStatus.Cancelling
            ? null
            : state.StartedAt + (long)settings.Timeout.TotalMilliseconds;

    /// <summary>Has an attempt that has just begun, or has been found under way, in mind.</summary>
    public void Watch(int node)
    {
        ref readonly var slot = ref state[node];
        if (!state.IsUnderWay(node) || settings[node].Timeout == TimeSpan.Zero) return;

        attempts.Enqueue((node, slot.Attempt), (slot.StartedAt + (long)settings[node].Timeout.TotalMilliseconds, node));
    }

    /// <summary>Removes one attempt whose time is up, earliest first; null when there is none.</summary>
    public int? TakeDue(long now) => Next <= now ? attempts.Dequeue().Node : null;
}
