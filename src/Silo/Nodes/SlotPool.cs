using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// The slots of this silo: how many attempts may run here at one time, of each worker group and in all. Safe for any number of threads.
/// </summary>
internal sealed class SlotPool
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> freeOf;
    private readonly Dictionary<AttemptId, string> taken = [];
    private int free;
    private TaskCompletionSource? waiting;
    private bool isClosed;

    public SlotPool(EngineOptions options)
    {
        free = options.Slots;
        freeOf = new Dictionary<string, int>(options.OfferedGroups, StringComparer.Ordinal);
        Groups = [.. freeOf.Keys];
    }

    /// <summary>What this silo offers.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>True once no slot is given any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate) return isClosed;
        }
    }

    /// <summary>No slot is free from here on. Those that are taken stay so until they are released.</summary>
    public void Close()
    {
        lock (gate) isClosed = true;
    }

    /// <summary>Waits until the group has a free slot and tells how many; takes none of them.</summary>
    public async Task<int> WaitForFreeAsync(string group, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;
            lock (gate)
            {
                if (!isClosed && FreeFor(group) is > 0 and var count) return count;
                waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                freed = waiting.Task;
            }

            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes a slot for an attempt. Another group may have been faster since the slot was seen free.</summary>
    public SlotAnswer Take(string group, AttemptId attempt)
    {
        lock (gate)
        {
            if (isClosed) return SlotAnswer.NoneFree;
            if (taken.ContainsKey(attempt)) return SlotAnswer.HasOne;
            if (FreeFor(group) == 0) return SlotAnswer.NoneFree;

            taken.Add(attempt, group);
            free--;
            freeOf[group]--;
            return SlotAnswer.Taken;
        }
    }

    public void Release(AttemptId attempt)
    {
        TaskCompletionSource? freed;
        lock (gate)
        {
            if (!taken.Remove(attempt, out var group)) return;

            free++;
            freeOf[group]++;
            freed = waiting;
            waiting = null;
        }

        freed?.SetResult();
    }

    private int FreeFor(string group) => Math.Min(free, freeOf[group]);
}

/// <summary>What became of asking for a slot.</summary>
internal enum SlotAnswer
{
    Taken,

    /// <summary>All are in use, or none is given any more.</summary>
    NoneFree,

    /// <summary>The attempt has one already: it was handed out twice.</summary>
    HasOne,
}
