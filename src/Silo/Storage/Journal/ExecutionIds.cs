namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// Hands out execution ids. Callers who come while a fetch is in flight share the next one, and each fetch brings some more, so that who
/// comes soon after need not wait at all.
/// </summary>
/// <param name="fetch">Takes so many fresh ids out of the database, ascending.</param>
/// <param name="spares">How many more than are wanted a fetch brings. 0 where people would wonder at the gaps.</param>
/// <param name="spareLife">
/// Spare ids older than this are given up: lists are in the order of ids, people take that for the order of time, and other silos take
/// ids as well.
/// </param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class ExecutionIds(Func<int, Task<IReadOnlyList<long>>> fetch, int spares, TimeSpan spareLife, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Queue<long> spare = [];
    private List<TaskCompletionSource<long>> waiting = [];
    private long fetchedAt;
    private bool fetching;

    public Task<long> NextAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiting.Count == 0 && TryTakeSpare(out var id))
            {
                if (spare.Count == 0) FetchSoon();
                return Task.FromResult(id);
            }

            var caller = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(caller);
            FetchSoon();
            return caller.Task.WaitAsync(cancellationToken);
        }
    }

    private bool TryTakeSpare(out long id)
    {
        if (clock.GetElapsedTime(fetchedAt) >= spareLife) spare.Clear();
        return spare.TryDequeue(out id);
    }

    private void FetchSoon()
    {
        // Off the caller's scheduler: it may be a grain's, and the fetch serves others too.
        if (!fetching) _ = Task.Run(FetchAsync, CancellationToken.None);
        fetching = true;
    }

    private async Task FetchAsync()
    {
        do
        {
            var callers = TakeWaiting();
            try
            {
                var ids = await fetch(callers.Count + spares);
                Keep(ids.Skip(callers.Count));
                for (var i = 0; i < callers.Count; i++) callers[i].SetResult(ids[i]);
            }
#pragma warning disable CA1031 // It belongs to those who wait.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (var caller in callers) caller.SetException(exception);
            }
        }
        while (SomebodyWaits());
    }

    private void Keep(IEnumerable<long> ids)
    {
        lock (gate)
        {
            spare.Clear();
            foreach (var id in ids) spare.Enqueue(id);
            fetchedAt = clock.GetTimestamp();
        }
    }

    private List<TaskCompletionSource<long>> TakeWaiting()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    private bool SomebodyWaits()
    {
        lock (gate) return fetching = waiting.Count > 0;
    }
}
