namespace Scheduler.Silo.Nodes;

/// <summary>
/// Calls to the same place, sent together: while one is in flight whatever comes gathers, and becomes the next. A lone call is not
/// held back, and in a rush a thousand calls become a few.
/// </summary>
/// <param name="send">Makes one call with all items, in the order they came; answers in the same order.</param>
internal sealed class GatheredCalls<TPlace, TItem, TAnswer>(Func<TPlace, IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> send)
    where TPlace : notnull
{
    /// <summary>Items of one call; keeps messages small.</summary>
    private const int MaxItems = 1_000;

    /// <summary>A place stands here while a call to it is in flight.</summary>
    private readonly Dictionary<TPlace, Queue<Caller>> places = [];
    private readonly Lock gate = new();

    /// <summary>Completes with the answer to this item, or fails with the call it went with.</summary>
    public Task<TAnswer> CallAsync(TPlace place, TItem item)
    {
        var caller = new Caller(item);
        lock (gate)
        {
            if (places.TryGetValue(place, out var gathered))
            {
                gathered.Enqueue(caller);
                return caller.Answer.Task;
            }

            places.Add(place, new Queue<Caller>());
        }

        // Off the caller's scheduler: it may be a grain's, and the loop serves others too.
        _ = Task.Run(() => SendAllAsync(place, [caller]));
        return caller.Answer.Task;
    }

    private async Task SendAllAsync(TPlace place, List<Caller> callers)
    {
        for (; callers.Count > 0; callers = TakeGathered(place))
        {
            try
            {
                var answers = await send(place, callers.ConvertAll(caller => caller.Item)).ConfigureAwait(false);
                for (var i = 0; i < callers.Count; i++) callers[i].Answer.SetResult(answers[i]);
            }
#pragma warning disable CA1031 // It belongs to those who called.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (var caller in callers) caller.Answer.TrySetException(exception);
            }
        }
    }

    private List<Caller> TakeGathered(TPlace place)
    {
        lock (gate)
        {
            var gathered = places[place];
            var taken = new List<Caller>(Math.Min(gathered.Count, MaxItems));
            while (taken.Count < MaxItems && gathered.TryDequeue(out var caller)) taken.Add(caller);
            if (taken.Count == 0) places.Remove(place);
            return taken;
        }
    }

    private sealed class Caller(TItem item)
    {
        public TItem Item => item;

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
