namespace Scheduler.Silo.Storage;

/// <summary>
/// Reads of the newest value under a key, shared: whoever comes while one is in flight waits for the next, which serves all of them.
/// Nobody gets a value older than his question, and a burst of questions costs a few reads.
/// </summary>
internal sealed class SharedReads<TKey, TValue>(Func<TKey, Task<TValue>> read)
    where TKey : notnull
{
    private readonly Lock gate = new();

    /// <summary>A key stands here while a read of it is in flight, with those who wait for the next one.</summary>
    private readonly Dictionary<TKey, TaskCompletionSource<TValue>?> waiting = [];

    /// <param name="key">What to read.</param>
    /// <param name="cancellationToken">Gives up waiting; the read goes on for the others.</param>
    public Task<TValue> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(key, out var next))
            {
                var answer = next ?? new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting[key] = answer;
                return answer.Task.WaitAsync(cancellationToken);
            }

            waiting.Add(key, null);
        }

        // Off a grain's scheduler, should the caller be on one: the read serves others too.
        var first = TaskScheduler.Current == TaskScheduler.Default
            ? ReadFirstAsync(key)
            : Task.Run(() => ReadFirstAsync(key), CancellationToken.None);
        return first.WaitAsync(cancellationToken);
    }

    private async Task<TValue> ReadFirstAsync(TKey key)
    {
        try
        {
            return await read(key);
        }
        finally
        {
            if (TakeNext(key) is { } next) _ = Task.Run(() => ServeAsync(key, next));
        }
    }

    private async Task ServeAsync(TKey key, TaskCompletionSource<TValue>? answer)
    {
        for (; answer is not null; answer = TakeNext(key))
        {
            try
            {
                answer.SetResult(await read(key));
            }
#pragma warning disable CA1031 // It belongs to those who wait.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                answer.SetException(exception);
            }
        }
    }

    private TaskCompletionSource<TValue>? TakeNext(TKey key)
    {
        lock (gate)
        {
            var next = waiting[key];
            if (next is null) waiting.Remove(key);
            else waiting[key] = null;
            return next;
        }
    }
}
