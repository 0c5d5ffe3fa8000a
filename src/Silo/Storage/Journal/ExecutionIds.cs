namespace Scheduler.Silo.Storage.Journal;

/// <summary>Hands out execution ids. Callers who come while a fetch is in flight share the next one.</summary>
/// <param name="fetch">Takes so many fresh ids out of the database, ascending.</param>
internal sealed class ExecutionIds(Func<int, Task<IReadOnlyList<long>>> fetch)
{
    private readonly Lock gate = new();
    private List<TaskCompletionSource<long>> waiting = [];
    private bool fetching;

    public Task<long> NextAsync(CancellationToken cancellationToken)
    {
        var caller = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);

        lock (gate)
        {
            waiting.Add(caller);
            // Off the caller's scheduler: it may be a grain's, and the fetch serves others too.
            if (!fetching) _ = Task.Run(FetchAsync, CancellationToken.None);
            fetching = true;
        }

        return caller.Task.WaitAsync(cancellationToken);
    }

    private async Task FetchAsync()
    {
        while (TakeWaiting() is { Count: > 0 } callers)
        {
            try
            {
                var ids = await fetch(callers.Count);
                for (var i = 0; i < callers.Count; i++) callers[i].SetResult(ids[i]);
            }
#pragma warning disable CA1031 // It belongs to those who wait.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (var caller in callers) caller.SetException(exception);
            }
        }
    }

    private List<TaskCompletionSource<long>> TakeWaiting()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            fetching = taken.Count > 0;
            return taken;
        }
    }
}
