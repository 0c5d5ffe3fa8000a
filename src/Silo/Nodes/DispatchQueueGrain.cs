using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Nodes;

/// <summary>Hosts a <see cref="DispatchDesk"/>: answers silos that ask for work, at once or as soon as there is some.</summary>
/// <remarks>
/// What waits is not stored: a lost queue is refilled by the executions, which offer again what has not started. Only the pause is
/// stored, because an operator relies on it. Permits of quotas are taken in the database right before an attempt is handed out, so a
/// second activation beside this one cannot exceed a quota; whether it is worth asking is known here.
/// </remarks>
[KeepAlive]
internal sealed partial class DispatchQueueGrain(
    [PersistentState("dispatch-queue", StorageNames.Grains)] IPersistentState<DispatchQueueState> store,
    LivingSilos cluster, PermitStore permits, PermitReturns returns, IOptions<EngineOptions> options, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<DispatchQueueGrain> log) : Grain, IDispatchQueueGrain
{
    private static readonly TimeSpan DelayAfterFailure = TimeSpan.FromSeconds(1);

    private readonly DispatchDesk desk = new();
    private readonly LinkedList<Asker> askers = [];
    private int wanted;
    private bool isAsking;
    private IGrainTimer? check;

    /// <summary>
    /// A queue leaves when its silo stops, or when it was made beside another one while the cluster changed. What it was offered goes to
    /// the one that stays.
    /// </summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (desk.Leave() is { Count: > 0 } left) GrainFactory.GetGrain<IDispatchQueueGrain>(this.GetPrimaryKeyString()).OfferAsync(left).Ignore();
        return Task.CompletedTask;
    }

    public Task OfferAsync(IReadOnlyList<DispatchItem> items)
    {
        foreach (var item in items)
            desk.Offer(item);
        Serve();
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(IReadOnlyList<AttemptId> attempts)
    {
        foreach (var attempt in attempts)
            desk.Withdraw(attempt);
        return Task.CompletedTask;
    }

    public Task PermitsFreedAsync(IReadOnlyList<AttemptId> attempts)
    {
        desk.Free(attempts);
        Serve();
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<DispatchItem>> TakeAsync(string silo, int count, TimeSpan patience)
    {
        if (!store.State.Paused && askers.Count == 0 && desk.Count > 0 && !desk.HasLimited)
            return desk.Take(count);

        var asker = askers.AddLast(new Asker(silo, count));
        wanted += count;
        try
        {
            Serve();
            // An open call would hold up the stop of this silo for its whole patience.
            return await asker.Value.Answer.Task.WaitAsync(patience, clock, host.ApplicationStopping);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return asker.Value.Answer.Task.IsCompletedSuccessfully ? await asker.Value.Answer.Task : [];
        }
        finally
        {
            if (asker.List is not null) Remove(asker);
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

    /// <summary>
    /// Deals what waits evenly among the silos that ask, so that a burst does not land on the first of them. What permits are being asked
    /// for needs slots too; no more of them are asked for than there are.
    /// </summary>
    private void Serve()
    {
        if (store.State.Paused || desk.Count == 0) return;

        // What is handed to a silo that is gone would wait until its execution offers it again.
        Dismiss(asker => !cluster.IsAlive(asker.Silo));
        while (desk.Count > 0 && wanted > desk.Asked && askers.First is { } first)
        {
            var share = (desk.Count + askers.Count - 1) / askers.Count;
            var items = desk.Take(Math.Min(share, Math.Min(first.Value.Count, wanted - desk.Asked)));
            if (items.Count == 0) continue;

            Remove(first);
            first.Value.Answer.SetResult(items);
        }

        if (desk.HasLimited) AskForPermits();
    }

    private void AskForPermits()
    {
        if (!isAsking && desk.Asked > 0) AskForPermitsAsync().Ignore();
        if (check is null && desk.FullQuotas.Count > 0)
            check = this.RegisterGrainTimer(
                CheckQuotasAsync, new() { DueTime = options.Value.QuotaCheckDelay, Period = options.Value.QuotaCheckDelay, Interleave = true });
    }

    /// <summary>One transaction at a time; what comes up meanwhile goes into the next.</summary>
    private async Task AskForPermitsAsync()
    {
        isAsking = true;
        try
        {
            while (desk.TakeAsked() is { Count: > 0 } asked)
            {
                try
                {
                    var answer = await permits.TakeAsync(asked, CancellationToken.None);
                    returns.Return(desk.Settle(answer.Permitted, answer.State));
                }
                catch (Exception exception)
                {
                    LogNoPermits(asked.Count, exception.Message);
                    await Task.Delay(DelayAfterFailure, clock);
                    desk.GiveUpAsking();
                }

                Serve();
            }
        }
        finally
        {
            isAsking = false;
        }
    }

    /// <summary>For messages that were lost and limits that were changed.</summary>
    private async Task CheckQuotasAsync(CancellationToken cancellationToken)
    {
        if (desk.FullQuotas is { Count: > 0 } full)
        {
            desk.Refresh(await permits.ReadAsync(full, cancellationToken));
            Serve();
        }
        else
        {
            check?.Dispose();
            check = null;
        }
    }

    private void Remove(LinkedListNode<Asker> asker)
    {
        askers.Remove(asker);
        wanted -= asker.Value.Count;
    }

    private void Dismiss(Func<Asker, bool> isGone)
    {
        for (var asker = askers.First; asker is not null;)
        {
            var next = asker.Next;
            if (isGone(asker.Value))
            {
                Remove(asker);
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

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Permits for {Count} attempts could not be taken; trying again: {Reason}")]
    private partial void LogNoPermits(int count, string reason);
}

/// <summary>What a dispatch queue stores.</summary>
[GenerateSerializer, Alias("scheduler/dispatch-queue-state")]
internal sealed class DispatchQueueState
{
    /// <summary>True while an operator holds back everything that has not started.</summary>
    [Id(0)] public bool Paused { get; set; }
}
