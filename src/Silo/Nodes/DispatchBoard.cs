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

        TurnsOf(item.Priority).LineOf(item.ProjectId).Add(item);
        return true;
    }

    /// <summary>Puts an attempt that was taken before at the head of its project's line.</summary>
    public void OfferFirst(DispatchItem item)
    {
        if (waiting.Add(item.Attempt)) TurnsOf(item.Priority).LineOf(item.ProjectId).AddFirst(item);
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

    private ProjectTurns TurnsOf(int priority)
    {
        if (!byPriority.TryGetValue(priority, out var turns)) byPriority[priority] = turns = new ProjectTurns();
        return turns;
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
        private readonly Dictionary<int, Line> lines = [];
        private readonly Queue<int> ring = [];

        /// <summary>The line of a project, to add to.</summary>
        public Line LineOf(int project)
        {
            if (lines.TryGetValue(project, out var line)) return line;

            lines[project] = line = new Line();
            ring.Enqueue(project);
            return line;
        }

        public bool TryTake(out DispatchItem item)
        {
            item = null!;
            if (!ring.TryDequeue(out var project)) return false;

            var line = lines[project];
            item = line.Take();
            if (line.IsEmpty) lines.Remove(project);
            else ring.Enqueue(project);
            return true;
        }
    }

    /// <summary>First come, first served; those who had to step aside come before.</summary>
    private sealed class Line
    {
        private readonly Queue<DispatchItem> items = [];
        private Stack<DispatchItem>? first;

        public bool IsEmpty => items.Count == 0 && first is not { Count: > 0 };

        public void Add(DispatchItem item) => items.Enqueue(item);

        public void AddFirst(DispatchItem item) => (first ??= []).Push(item);

        public DispatchItem Take() => first is { Count: > 0 } ? first.Pop() : items.Dequeue();
    }
}
