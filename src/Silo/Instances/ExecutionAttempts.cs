using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The attempts of one execution that are out there: offered to the dispatch queue, claimed by a silo, told to stop. Kept in memory
/// only; what matters of it can be rebuilt from the journal and by asking the node grains.
/// </summary>
/// <remarks>Runs inside the grain's scheduler. Calls to other grains are not waited for; each is repeated until it no longer matters.</remarks>
internal sealed partial class ExecutionAttempts(
    long executionId, RunnableWorkflow workflow, ExecutionOrder order, ExecutionDemands demands, ControlNodes controlNodes,
    IGrainFactory grains, LivingSilos silos, DeadSilos dead, DispatchOffers offers, QuotaLimits limits, PermitReturns permits,
    Func<Func<Task>, IGrainTimer> newTimer, EngineOptions options, TimeProvider clock, ILogger log) : IExecutionCommands
{
    private readonly Dictionary<int, Claimed> claims = [];
    private readonly Dictionary<AttemptId, DateTimeOffset> offered = [];
    private readonly HashSet<AttemptId> limited = [];

    /// <summary>Handed out by an earlier activation of this execution; a silo that is gone may have begun them.</summary>
    private readonly HashSet<AttemptId> inherited = [];

    /// <summary>Those of them that nobody knows of, while a silo that has been declared dead may still run them.</summary>
    private readonly HashSet<AttemptId> unsettled = [];

    /// <summary>Attempts that are being stopped, run nowhere, and have left a handle: their work is to be ended.</summary>
    private readonly HashSet<AttemptId> kills = [];
    private readonly LatestProgress progress = new();
    private IGrainTimer? wake;
    private IGrainTimer? offerAgain;

    /// <summary>Set once, before anything runs.</summary>
    public ExecutionLoop Loop { private get; set; } = null!;

    private ExecutionMachine Machine => Loop.Machine;

    public AttemptResult RunControl(int node, int attempt) => controlNodes.Run(workflow.Graph[node].Definition.Type, IdOf(node, attempt, 0));

    public void CarryOut(IReadOnlyList<ExecutionCommand> commands)
    {
        if (limited.Count > 0) ReturnPermits();

        List<AttemptId>? attempts = null;
        foreach (var command in commands)
            switch (command.Kind)
            {
                case CommandKind.Dispatch:
                    (attempts ??= []).Add(IdOf(command.Node, command.Attempt, command.Call));
                    break;
                case CommandKind.Stop:
                    StopAsync(IdOf(command.Node, command.Attempt, command.Call)).Ignore();
                    break;
                case CommandKind.WakeAt:
                    WakeAt(command.At);
                    break;
            }

        if (attempts is not null) Offer(attempts);
    }

    /// <summary>Gives back the permits of those that have ended: for what a dispatch queue gave too late, or a dead silo did not give back.</summary>
    public void ReturnPermits(IReadOnlyList<AttemptId> held) => permits.Return(held.Where(HasEnded));

    /// <summary>Gives a silo what it needs to run an attempt, if the attempt is still wanted and nobody else has it.</summary>
    public NodeWork? Claim(AttemptId attempt, string owner)
    {
        if (!IsWanted(attempt) || !Accepts(attempt, owner) || unsettled.Contains(attempt))
        {
            // It may have been on its way with a permit when it ended.
            if (demands.QuotasOf(attempt.Node, limits).Count > 0) ReturnEnded(attempt);
            return null;
        }

        offered.Remove(attempt);
        claims[attempt.Node] = new Claimed(attempt, owner);
        Loop.Post(new ExecutionInput.NodeStarted(attempt.Node, attempt.Number, attempt.Call));
        return WorkFor(attempt);
    }

    /// <summary>False when another silo has claimed this attempt: what the caller says about it must not count.</summary>
    public bool Accepts(AttemptId attempt, string owner) => OwnerOf(attempt) is not { } claimedBy || claimedBy == owner;

    /// <summary>How far an attempt says it has come.</summary>
    public void Report(AttemptId attempt, NodeProgress reported, string owner)
    {
        if (IsOutstanding(attempt) && Accepts(attempt, owner)) progress.Take(attempt, reported);
    }

    /// <summary>The view with what attempts have said about how far they have come.</summary>
    public ExecutionView WithProgress(ExecutionView view) => progress.AddTo(view, Machine.State);

    /// <summary>
    /// Attempts that dead silos had claimed are lost. What nobody has claimed may have been with them, as a queue or on its way: it is
    /// offered again at once.
    /// </summary>
    public void LoseOwners(IReadOnlyList<string> owners)
    {
        if (offered.Count > 0) Offer([.. offered.Keys.Where(IsWanted)]);
        foreach (var claimed in claims.Values)
            if (owners.Contains(claimed.Owner))
                Lose(claimed.Attempt);
    }

    /// <summary>
    /// After a takeover: attempts that still run somewhere go on, those that were seen running and are nowhere now are lost, and
    /// those that were only handed out are offered again; the latter two as soon as no dead silo can be running them.
    /// </summary>
    public async Task ResumeAsync()
    {
        var running = await FindRunningAsync();
        var settled = dead.AllGoneAsync();
        foreach (var open in Machine.Outstanding().ToList())
        {
            var attempt = IdOf(open.Node, open.Attempt, open.Call);
            var owner = running.GetValueOrDefault(attempt);
            if (settled.IsCompleted || owner is not null || open.IsControl) ResumeOne(open, owner);
            else unsettled.Add(attempt);
        }

        if (unsettled.Count > 0) SettleAsync(settled).Ignore();
        for (var node = 0; node < workflow.Graph.Count; node++)
            if (Machine.State.IsUnderWay(node) && demands.QuotasOf(node, limits).Count > 0)
                limited.Add(IdOf(node, Machine.State[node].Attempt, 0));
        if (Machine.WakeAt is { } at) WakeAt(at);
    }

    private async Task SettleAsync(Task settled)
    {
        await settled;
        foreach (var open in Machine.Outstanding().ToList())
            if (IdOf(open.Node, open.Attempt, open.Call) is var attempt && unsettled.Contains(attempt) && OwnerOf(attempt) is null)
                ResumeOne(open, owner: null);
        unsettled.Clear();
    }

    private void ResumeOne(OutstandingAttempt open, string? owner)
    {
        var attempt = IdOf(open.Node, open.Attempt, open.Call);
        if (open.IsControl)
        {
            Loop.Post(EndOf(attempt, RunControl(open.Node, open.Attempt)));
            return;
        }

        inherited.Add(attempt);
        if (demands.QuotasOf(open.Node, limits).Count > 0) limited.Add(attempt.AnyCall);
        if (owner is not null)
        {
            claims[open.Node] = new Claimed(attempt, owner);
            Loop.Post(new ExecutionInput.NodeStarted(open.Node, open.Attempt, open.Call));
        }

        if (open.State.IsStopping()) StopAsync(attempt).Ignore();
        else if (owner is null && open.State == NodeState.Queued) Offer([attempt]);
        else if (owner is null) Lose(attempt);
    }

    /// <summary>
    /// Asks every silo what it runs of this execution. One that does not answer is asked until it does or is declared dead: to take its
    /// attempts for lost would run them twice.
    /// </summary>
    private async Task<Dictionary<AttemptId, string>> FindRunningAsync()
    {
        var found = new Dictionary<AttemptId, string>();
        await Task.WhenAll(silos.Owners.Select(async owner =>
        {
            while (silos.IsAlive(owner))
            {
                try
                {
                    foreach (var attempt in await grains.GetGrain<IRunnerGrain>(owner).ListAsync(executionId)) found[attempt] = owner;
                    return;
                }
                catch (Exception exception)
                {
                    LogSiloSilent(owner, exception.Message);
                }

                await Task.Delay(AskAgainDelay, clock);
            }
        }));
        return found;
    }

    private void Lose(AttemptId attempt) =>
        Loop.Post(EndOf(attempt, new AttemptResult.Lost("The silo that ran it is gone")));

    private void Offer(IReadOnlyList<AttemptId> attempts)
    {
        var now = clock.GetUtcNow();
        foreach (var attempt in attempts) offered[attempt] = now;
        foreach (var (group, items) in ByGroup(attempts)) offers.OfferAsync(group, items).Ignore();

        offerAgain ??= newTimer(OfferAgainAsync);
        offerAgain.Change(options.OfferAgainDelay, options.OfferAgainDelay);
    }

    private Dictionary<string, List<DispatchItem>> ByGroup(IReadOnlyList<AttemptId> attempts)
    {
        var groups = new Dictionary<string, List<DispatchItem>>(1, StringComparer.Ordinal);
        foreach (var attempt in attempts)
        {
            var group = demands.Of(attempt.Node).Group;
            if (!groups.TryGetValue(group, out var items)) groups[group] = items = new List<DispatchItem>(attempts.Count);
            items.Add(ItemFor(attempt));
        }

        return groups;
    }

    /// <summary>Nobody has claimed these for a while: the queue may have been lost, or the silo that took them.</summary>
    private Task OfferAgainAsync()
    {
        var since = clock.GetUtcNow() - options.OfferAgainDelay;
        foreach (var attempt in offered.Keys.Where(attempt => !IsWanted(attempt)).ToList())
            offered.Remove(attempt);

        var attempts = offered.Where(pair => pair.Value <= since).Select(pair => pair.Key).ToList();
        if (attempts.Count > 0) Offer(attempts);
        else if (offered.Count == 0) offerAgain!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes the attempt out of the queue or stops it where it runs, and says so again until its end is known. What it has left a handle to
    /// and runs nowhere is ended by a silo that claims it, like an attempt, for that.
    /// </summary>
    private async Task StopAsync(AttemptId attempt)
    {
        while (IsOutstanding(attempt))
        {
            try
            {
                var owner = OwnerOf(attempt);
                if (owner is null && !kills.Contains(attempt))
                    await grains.GetGrain<IDispatchQueueGrain>(demands.Of(attempt.Node).Group).WithdrawAsync([attempt]);

                // Nobody gets an attempt from here that is being stopped, so what nobody has claimed by now runs nowhere.
                var runs = owner is not null && silos.IsAlive(owner) && await grains.GetGrain<IRunnerGrain>(owner).CancelAsync(attempt);
                if (!runs && !unsettled.Contains(attempt)) EndWork(attempt, owner);
            }
            catch (Exception exception)
            {
                LogStopFailed(exception, attempt);
            }

            await Task.Delay(StopAgainDelay, clock);
        }

        kills.Remove(attempt);
    }

    /// <param name="attempt">Is being stopped and runs nowhere.</param>
    /// <param name="owner">Whoever has claimed it, or its kill, and does not run it.</param>
    private void EndWork(AttemptId attempt, string? owner)
    {
        if (!IsOutstanding(attempt) || OwnerOf(attempt) != owner) return;

        if (Machine.State[attempt.Node].Handle is null)
        {
            Loop.Post(EndOf(attempt, new AttemptResult.Cancelled()));
            return;
        }

        claims.Remove(attempt.Node);
        if (kills.Add(attempt) || owner is not null) Offer([attempt]);
    }

    private void WakeAt(DateTimeOffset at)
    {
        var due = at - clock.GetUtcNow();
        wake ??= newTimer(() =>
        {
            Loop.Post(new ExecutionInput.TimerDue());
            return Task.CompletedTask;
        });
        wake.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private NodeWork WorkFor(AttemptId attempt)
    {
        var inputs = new Stack<IReadOnlyDictionary<string, string>>();
        for (var level = attempt.Node; level != ExecutionGraph.Root; level = workflow.Graph[level].Container)
            inputs.Push(Machine.State.OutputsOfParents(level));

        return new NodeWork
        {
            Order = order,
            Path = workflow.Graph.PathOf(attempt.Node),
            InputsByLevel = [.. inputs],
            ExecutionStartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Machine.State.StartedAt),
            IsFresh = attempt.Call == 0 && !inherited.Contains(attempt) && !kills.Contains(attempt),
            Handle = Machine.State[attempt.Node].Handle,
            IsKill = kills.Contains(attempt),
        };
    }

    private bool IsOutstanding(AttemptId attempt) =>
        Machine.State[attempt.Node] is var slot && slot.Attempt == attempt.Number && slot.Call == attempt.Call && slot.State.IsOutstanding();

    private bool IsWanted(AttemptId attempt) =>
        IsOutstanding(attempt) && (!Machine.State[attempt.Node].State.IsStopping() || kills.Contains(attempt));

    private string? OwnerOf(AttemptId attempt) =>
        claims.TryGetValue(attempt.Node, out var claimed) && claimed.Attempt == attempt ? claimed.Owner : null;

    /// <summary>
    /// True only for what will be true for ever: an activation that has been replaced and does not know it yet must not give back the
    /// permit of an attempt that its successor has begun.
    /// </summary>
    private bool HasEnded(AttemptId attempt) =>
        Machine.State[attempt.Node] is var slot
        && (attempt.Number < slot.Attempt || (attempt.Number == slot.Attempt && slot.State.IsTerminal()));

    /// <summary>An attempt keeps its permits while it sleeps: what it has begun may go on elsewhere. To end that it needs none.</summary>
    private DispatchItem ItemFor(AttemptId attempt)
    {
        var quotas = kills.Contains(attempt) ? [] : demands.QuotasOf(attempt.Node, limits);
        if (quotas.Count > 0) limited.Add(attempt.AnyCall);
        return new DispatchItem(attempt, order.ProjectId, order.Options.Priority) { Quotas = quotas };
    }

    /// <summary>What has ended is stored by now, so whatever happens next, it does not run again.</summary>
    private void ReturnPermits()
    {
        var ended = limited.Where(HasEnded).ToList();
        limited.ExceptWith(ended);
        permits.Return(ended);
    }

    /// <summary>Puts it where the end of the next turn finds it: only then it is certain that the end is stored.</summary>
    private void ReturnEnded(AttemptId attempt)
    {
        if (HasEnded(attempt)) limited.Add(attempt.AnyCall);
    }

    private AttemptId IdOf(int node, int attempt, int call) => new(executionId, node, attempt) { Call = call };

    private static ExecutionInput.NodeEnded EndOf(AttemptId attempt, AttemptResult result) =>
        new(attempt.Node, attempt.Number, result, attempt.Call);

    private static readonly TimeSpan StopAgainDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AskAgainDelay = TimeSpan.FromMilliseconds(200);

    private readonly record struct Claimed(AttemptId Attempt, string Owner);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Silo {Owner} does not say what it runs, asking again: {Reason}")]
    private partial void LogSiloSilent(string owner, string reason);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Attempt {Attempt} could not be told to stop; trying again")]
    private partial void LogStopFailed(Exception exception, AttemptId attempt);
}
