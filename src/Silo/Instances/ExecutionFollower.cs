using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Keeps a pipelined execution behind the one it follows. Level 1: a node waits for the same node there. Level 2: also for the
/// nodes that come right after it there. Level 3: for the whole execution. Only that they have ended matters, not how.
/// </summary>
/// <remarks>It asks from time to time. What it has learned is not stored: after a takeover it asks again.</remarks>
internal sealed class ExecutionFollower(RunnableWorkflow workflow, int level, IWorkflowInstanceGrain ahead, ExecutionLoop loop)
{
    private readonly HashSet<int> closed = [.. Enumerable.Range(0, workflow.Graph.Count)];

    private IGrainTimer? timer;

    /// <summary>Looks now and then from here on.</summary>
    /// <param name="ticks">Calls <see cref="LookAheadAsync"/>.</param>
    /// <param name="delay">Between two looks.</param>
    public void Start(IGrainTimer ticks, TimeSpan delay)
    {
        timer = ticks;
        timer.Change(TimeSpan.Zero, delay);
    }

    public async Task LookAheadAsync()
    {
        var progress = await ahead.GetProgressAsync();
        var open = progress.OpenPaths.ToHashSet(StringComparer.Ordinal);
        foreach (var node in closed.Where(node => progress.HasEnded || (level < 3 && IsClear(node, open))).ToList())
        {
            closed.Remove(node);
            loop.Post(new ExecutionInput.GateOpened(node));
        }

        if (closed.Count == 0) timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A node that the other execution does not have holds up nobody.</summary>
    private bool IsClear(int node, HashSet<string> open)
    {
        if (open.Contains(workflow.Graph.PathOf(node))) return false;
        if (level == 1) return true;

        foreach (var child in workflow.Graph.Children(node))
            if (open.Contains(workflow.Graph.PathOf(child)))
                return false;
        return true;
    }
}
