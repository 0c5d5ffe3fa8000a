using Microsoft.Extensions.Hosting;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Nodes;

/// <summary>Hosts a <see cref="DispatchBoard"/>: answers silos that ask for work, at once or as soon as there is some.</summary>
/// <remarks>
/// What waits is not stored: a lost queue is refilled by the executions, which offer again what has not started. Only the pause is
/// stored, because an operator relies on it.
/// </remarks>
[KeepAlive]
internal sealed class DispatchQueueGrain(
    [PersistentState("dispatch-queue", StorageNames.Grains)] IPersistentState<DispatchQueueState> store,
    LivingSilos cluster, IHostApplicationLifetime host, TimeProvider clock) : Grain, IDispatchQueueGrain
{
    private readonly DispatchBoard board = new();
    private readonly LinkedList<Asker> askers = [];

    public Task OfferAsync(IReadOnlyList<DispatchItem> items)
    {
        foreach (var item in items)
            board.Offer(item);
        Serve();
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(IReadOnlyList<AttemptId> attempts)
    {
        foreach (var attempt in attempts)
            board.Withdraw(attempt);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<DispatchItem>> TakeAsync(string silo, int count, TimeSpan patience)
    {
        if (!store.State.Paused && askers.Count == 0 && board.Count > 0)
            return board.Take(count);

        var asker = askers.AddLast(new Asker(silo, count));
        try
        {
            // An open call would hold up the stop of this silo for its whole patience.
            return await asker.Value.Answer.Task.WaitAsync(patience, clock, host.ApplicationStopping);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return asker.Value.Answer.Task.IsCompletedSuccessfully ? await asker.Value.Answer.Task : [];
        }
        finally
        {
            if (asker.List is not null) askers.Remove(asker);
        }
    }

    public Task LeaveAsync(string silo)
    {
        Dismiss(asker => asker.Silo == silo);
        return Task.CompletedTask;
    }

    public async Task SetPausedAsync(bool paused)
    {
        store.State.Paused = paused;
        await store.WriteStateAsync();
        Serve();
    }

    public Task<bool> IsPausedAsync() => Task.FromResult(store.State.Paused);

    /// <summary>Deals what waits evenly among the silos that ask, so that a burst does not land on the first of them.</summary>
    private void Serve()
    {
        if (store.State.Paused || board.Count == 0) return;

        // What is handed to a silo that is gone would wait until its execution offers it again.
        Dismiss(asker => !cluster.IsAlive(asker.Silo));
        while (board.Count > 0 && askers.First is { } first)
        {
            var share = (board.Count + askers.Count - 1) / askers.Count;
            askers.RemoveFirst();
            first.Value.Answer.SetResult(board.Take(Math.Min(share, first.Value.Count)));
        }
    }

    private void Dismiss(Func<Asker, bool> isGone)
    {
        for (var asker = askers.First; asker is not null;)
        {
            var next = asker.Next;
            if (isGone(asker.Value))
            {
                askers.Remove(asker);
                asker.Value.Answer.SetResult([]);
            }

            asker = next;
        }
    }

    private sealed record Asker(string Silo, int Count)
    {
        public TaskCompletionSource<IReadOnlyList<DispatchItem>> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a dispatch queue stores.</summary>
[GenerateSerializer, Alias("scheduler/dispatch-queue-state")]
internal sealed class DispatchQueueState
{
    /// <summary>True while an operator holds back everything that has not started.</summary>
    [Id(0)] public bool Paused { get; set; }
}
