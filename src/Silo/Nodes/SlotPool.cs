namespace Scheduler.Silo.Nodes;

/// <summary>The slots of this silo: how many attempts may run here at one time. Safe for any number of threads.</summary>
internal sealed class SlotPool(int slots)
{
    private readonly Lock gate = new();
    private int free = slots;
    private TaskCompletionSource? waiting;
    private bool isClosed;

    public int Free
    {
        get
        {
            lock (gate) return free;
        }
    }

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

    /// <summary>Waits until a slot is free and tells how many are; takes none of them. One caller at a time.</summary>
    public async Task<int> WaitForFreeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;
            lock (gate)
            {
                if (free > 0 && !isClosed) return free;
                waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                freed = waiting.Task;
            }

            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes slots the caller was told to be free.</summary>
    public void Take(int count)
    {
        lock (gate) free -= count;
    }

    public void Release()
    {
        TaskCompletionSource? freed;
        lock (gate)
        {
            free++;
            freed = waiting;
            waiting = null;
        }

        freed?.SetResult();
    }
}
