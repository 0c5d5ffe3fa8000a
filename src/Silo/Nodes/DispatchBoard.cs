using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// The order in which attempts get slots: higher priority first; within a priority the projects take turns; within a project first
/// come, first served. A plain value holder without clock or I/O.
/// </summary>
internal sealed class DispatchBoard
{
    private readonly SortedDictionary<int, ProjectTurns> byPriority = new(Comparer<int>.Create((left, right) => right.CompareTo(left)));
    private readonly HashSet<AttemptId> waiting = [];

    public int Count => waiting.Count;

    /// <summary>False when the attempt waits already.</summary>
    public bool Offer(DispatchItem item)
    {
        if (!waiting.Add(item.Attempt)) return false;

        if (!byPriority.TryGetValue(item.Priority, out var turns))
            byPriority[item.Priority] = turns = new ProjectTurns();
        turns.Add(item);
        return true;
    }

    /// <summary>Takes the attempt off the board; its entry is passed over when its turn comes.</summary>
    public void Withdraw(AttemptId attempt) => waiting.Remove(attempt);

    /// <summary>The next attempts in order, at most <paramref name="count"/>.</summary>
    public List<DispatchItem> Take(int count)
    {
        var taken = new List<DispatchItem>(Math.Min(count, waiting.Count));
        while (taken.Count < count && waiting.Count > 0 && TakeNext() is { } item)
            taken.Add(item);
        return taken;
    }

    private DispatchItem? TakeNext()
    {
        while (byPriority.Count > 0)
        {
            var (priority, turns) = byPriority.First();
            while (turns.TryTake(out var item))
                if (waiting.Remove(item.Attempt))
                    return item;
            byPriority.Remove(priority);
        }

        return null;
    }

    /// <summary>Projects in a ring, each with its own line.</summary>
    private sealed class ProjectTurns
    {
        private readonly Dictionary<int, Queue<DispatchItem>> lines = [];
        private readonly Queue<int> ring = [];

        public void Add(DispatchItem item)
        {
            if (!lines.TryGetValue(item.ProjectId, out var line))
            {
                lines[item.ProjectId] = line = new Queue<DispatchItem>();
                ring.Enqueue(item.ProjectId);
            }

            line.Enqueue(item);
        }

        public bool TryTake(out DispatchItem item)
        {
            item = null!;
            if (!ring.TryDequeue(out var project)) return false;

            var line = lines[project];
            item = line.Dequeue();
            if (line.Count > 0) ring.Enqueue(project);
            else lines.Remove(project);
            return true;
        }
    }
}
