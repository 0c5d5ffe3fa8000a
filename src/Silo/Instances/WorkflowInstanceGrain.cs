using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Hosts one running execution: opens it, new or from the journal, and hands calls to its <see cref="ExecutionLoop"/>. Calls
/// interleave; the loop puts them in order.
/// </summary>
/// <remarks>
/// Nothing is read for a new execution, and a running one is kept in memory until it ends. Whatever goes wrong in the loop, this
/// activation leaves; if the execution is still its own then, it is opened again from what is stored.
/// </remarks>
[Reentrant, RandomPlacement, KeepAlive]
internal sealed partial class WorkflowInstanceGrain(
    IJournal journal, WorkflowCatalog catalog, ControlNodes controlNodes, LivingSilos silos, DeadSilos dead, DispatchOffers offers,
    QuotaLimits limits, PermitReturns permits, WaitReasons reasons, LocalInstances local, SiloIdentity silo, IOptions<EngineOptions> options, IHostApplicationLifetime host, TimeProvider clock,
    ILogger<WorkflowInstanceGrain> log) : Grain, IWorkflowInstanceGrain
{
    private static readonly TimeSpan DelayBeforeReopening = TimeSpan.FromSeconds(2);

    private Task<RunningExecution?>? opening;

    private long Id => this.GetPrimaryKeyLong();

    public Task PrepareAsync() => Task.CompletedTask;

    public async Task StartAsync(ExecutionOrder order)
    {
        opening ??= CreateAsync(order);
        await OpenedAsync();
    }

    public Task RecoverAsync() => OpenedAsync();

    public async Task<ExecutionView?> GetAsync()
    {
        if (await OpenedAsync() is not { } running) return null;

        var (view, queued) = await running.Loop.ReadAsync(machine => (ViewOf(running, machine), QueuedOf(machine.State)));
        return await reasons.ExplainAsync(view, running.Demands, queued);
    }

    public async Task<ExecutionSummary?> WaitForEndAsync(TimeSpan patience)
    {
        if (await OpenedAsync() is not { } running) return null;

        // An open call would hold up the stop of this silo for its whole patience.
        var ended = running.Loop.Ended.WaitAsync(patience, clock, host.ApplicationStopping);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return ended.IsCompletedSuccessfully
            ? ExecutionViews.Summarize(JournalPosition.SummaryOf(running.Order, Id), running.Loop.Machine.State)
            : null;
    }

    public Task<ControlResult> CancelAsync(string user) => ControlAsync(new ExecutionInput.Cancel(user));

    public Task<ControlResult> PauseAsync(string user) => ControlAsync(new ExecutionInput.Pause(user));

    public Task<ControlResult> ResumeAsync(string user) => ControlAsync(new ExecutionInput.Resume(user));

    public Task<ControlResult> RetryFailedAsync(string user) => ControlAsync(new ExecutionInput.RetryFailed(user));

    public async Task<IReadOnlyList<NodeWork?>> ClaimAsync(IReadOnlyList<AttemptId> attempts, string owner)
    {
        var running = await OpenedAsync();
        return [.. attempts.Select(attempt => running?.Attempts.Claim(attempt, owner))];
    }

    public async Task AttemptsEndedAsync(IReadOnlyList<EndedAttempt> ended, string owner)
    {
        if (await OpenedAsync() is not { } running) return;

        var inputs = ended.Where(one => running.Attempts.Accepts(one.Attempt, owner))
            .Select(one => new ExecutionInput.NodeEnded(one.Attempt.Node, one.Attempt.Number, one.Result, one.Attempt.Call)).ToList();
        await running.Loop.PostAndStoreAsync(inputs);
    }

    public async Task<bool> SaveHandleAsync(AttemptId attempt, string? handle, string owner) =>
        await OpenedAsync() is { } running && running.Attempts.Accepts(attempt, owner)
        && await running.Loop.PostAndStoreAsync(
            new ExecutionInput.HandleSaved(attempt.Node, attempt.Number, handle, attempt.Call)) == ControlResult.Done;

    /// <summary>Nothing is opened for it: whoever takes the execution over is told again.</summary>
    public Task ReportAsync(AttemptId attempt, NodeProgress progress, string owner)
    {
        if (opening is null) DeactivateOnIdle();
        else if (opening is { IsCompletedSuccessfully: true, Result: { } running }) running.Attempts.Report(attempt, progress, owner);
        return Task.CompletedTask;
    }

    public async Task OwnersLostAsync(IReadOnlyList<string> owners) => (await OpenedAsync())?.Attempts.LoseOwners(owners);

    public async Task ReturnPermitsAsync(IReadOnlyList<AttemptId> held)
    {
        if (await OpenedAsync() is not { } running) return;

        // What is asked in the loop is answered by what is stored.
        await running.Loop.ReadAsync(_ =>
        {
            running.Attempts.ReturnPermits(held);
            return true;
        });
    }

    public async Task<ExecutionProgress> GetProgressAsync() =>
        await OpenedAsync() is { } running
            ? await running.Loop.ReadAsync(machine => new ExecutionProgress(machine.IsTerminal, OpenPathsOf(machine.State)))
            : new ExecutionProgress(true, []);

    private ExecutionView ViewOf(RunningExecution running, ExecutionMachine machine)
    {
        var (order, stored) = (running.Order, JournalPosition.SummaryOf(running.Order, Id));
        return running.Attempts.WithProgress(
            ExecutionViews.Build(stored, order.Initiator, order.Options, order.FollowsExecutionId, machine.State));
    }

    private List<QueuedAttempt> QueuedOf(ExecutionState state)
    {
        var queued = new List<QueuedAttempt>();
        for (var node = 0; node < state.Graph.Count; node++)
            if (state[node].State == NodeState.Queued && state.Graph[node].Kind == NodeKind.Plugin)
                queued.Add(new QueuedAttempt(node, new AttemptId(Id, node, state[node].Attempt) { Call = state[node].Call }));
        return queued;
    }

    /// <summary>A container that has ended takes with it whatever inside it was never looked at.</summary>
    private static List<string> OpenPathsOf(ExecutionState state)
    {
        var closed = new bool[state.Graph.Count];
        var open = new List<string>();
        for (var node = 0; node < closed.Length; node++)
        {
            var container = state.Graph[node].Container;
            closed[node] = state[node].State.IsTerminal() || (container != ExecutionGraph.Root && closed[container]);
            if (!closed[node]) open.Add(state.Graph.PathOf(node));
        }

        return open;
    }

    private async Task<ControlResult> ControlAsync(ExecutionInput input) =>
        await OpenedAsync() is { } running ? await running.Loop.PostAndStoreAsync(input) : ControlResult.NotActive;

    /// <summary>The running execution; null when there is none or it has ended. A failure to open it makes room for a fresh try.</summary>
    private async Task<RunningExecution?> OpenedAsync()
    {
        try
        {
            var running = await (opening ??= RecoverFromJournalAsync());
            if (running is null) DeactivateOnIdle();
            return running;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<RunningExecution?> CreateAsync(ExecutionOrder order)
    {
        var workflow = await FindWorkflowAsync(order);
        var machine = new ExecutionMachine(workflow.Graph, order.Options, options.Value.MaxLostAttempts, ClosedGates(workflow, order),
            options.Value.ExecutionTimeout);
        var running = Run(workflow, order, machine, JournalPosition.AtBeginning(order, Id, silo.Owner));

        try
        {
            await running.Loop.PostAndStoreAsync(new ExecutionInput.Start());
        }
        catch
        {
            running.Loop.GiveUp();
            throw;
        }

        Follow(running);
        return running;
    }

    private async Task<RunningExecution?> RecoverFromJournalAsync()
    {
        var stored = await journal.ReadAsync(Id, CancellationToken.None);
        if (stored is null || stored.Summary.Status.IsTerminal()) return null;

        var order = ExecutionOrderJson.Read(stored.Specification);
        var workflow = await FindWorkflowAsync(order);
        var machine = ExecutionMachine.Restore(
            workflow.Graph, order.Options, stored.Snapshot, stored.Rows.Select(row => row.Payload), options.Value.MaxLostAttempts,
            ClosedGates(workflow, order), options.Value.ExecutionTimeout);
        var running = Run(workflow, order, machine, JournalPosition.Behind(stored, silo.Owner));

        // Until this row stands the former owner may still be writing; nothing may leave before.
        await running.Loop.PostAndStoreAsync(new ExecutionInput.Adopted(silo.Owner));
        LogTakenOver(Id, stored.Owner);
        await running.Attempts.ResumeAsync();
        Follow(running);
        return running;
    }

    private RunningExecution Run(RunnableWorkflow workflow, ExecutionOrder order, ExecutionMachine machine, JournalPosition position)
    {
        var demands = new ExecutionDemands(workflow, order.Options, options.Value.IgnoresDemands);
        var attempts = new ExecutionAttempts(
            Id, workflow, order, demands, controlNodes, GrainFactory, silos, dead, offers, limits, permits, RegisterTimer, options.Value, clock, log);
        var loop = new ExecutionLoop(Id, machine, position, journal, attempts, clock, options.Value.RowsPerSnapshot);
        attempts.Loop = loop;

        local.Add(Id, this.AsReference<IWorkflowInstanceGrain>());
        SuperviseAsync(loop, order).Ignore();
        return new RunningExecution(order, loop, attempts, demands, FollowerOf(workflow, order, loop));
    }

    private static IEnumerable<int> ClosedGates(RunnableWorkflow workflow, ExecutionOrder order) =>
        order.FollowsExecutionId is null ? [] : Enumerable.Range(0, workflow.Graph.Count);

    private ExecutionFollower? FollowerOf(RunnableWorkflow workflow, ExecutionOrder order, ExecutionLoop loop) =>
        order is { FollowsExecutionId: { } ahead, Options.PipelineLevel: { } level }
            ? new ExecutionFollower(workflow, level, GrainFactory.GetGrain<IWorkflowInstanceGrain>(ahead), loop)
            : null;

    private async Task SuperviseAsync(ExecutionLoop loop, ExecutionOrder order)
    {
        try
        {
            await loop.RunAsync();
            await GrainFactory.GetGrain<IWorkflowGrain>(WorkflowGrain.KeyOf(order.ProjectId, order.WorkflowId)).ExecutionEndedAsync(Id);
        }
        catch (JournalConflictException)
        {
            LogMovedAway(Id);
        }
        catch (Exception exception)
        {
            LogLoopFailed(exception, Id);
            ReopenLaterAsync(this.AsReference<IWorkflowInstanceGrain>()).Ignore();
        }

        local.Remove(Id);
        DeactivateOnIdle();
    }

    /// <summary>The execution is still this silo's own, so no sweep would find it.</summary>
    private Task ReopenLaterAsync(IWorkflowInstanceGrain self) => Task.Run(async () =>
    {
        await Task.Delay(DelayBeforeReopening, clock);
        await self.RecoverAsync();
    });

    private async Task<RunnableWorkflow> FindWorkflowAsync(ExecutionOrder order)
    {
        var (workflow, refusal) = await catalog.GetAsync(order.ProjectId, order.Version, order.WorkflowId, CancellationToken.None);
        return workflow ?? throw new InvalidOperationException($"Execution {Id} cannot run: {refusal}");
    }

    private void Follow(RunningExecution running)
    {
        if (running.Follower is { } follower)
            follower.Start(RegisterTimer(follower.LookAheadAsync), options.Value.FollowDelay);
    }

    private IGrainTimer RegisterTimer(Func<Task> callback) =>
        this.RegisterGrainTimer(callback, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true });

    private sealed record RunningExecution(
        ExecutionOrder Order, ExecutionLoop Loop, ExecutionAttempts Attempts, ExecutionDemands Demands, ExecutionFollower? Follower);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "Execution {ExecutionId} is taken over from {FormerOwner}")]
    private partial void LogTakenOver(long executionId, string formerOwner);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Execution {ExecutionId} has been taken over by another activation; this one leaves")]
    private partial void LogMovedAway(long executionId);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "Execution {ExecutionId} stopped on an unexpected error; it is opened again from the journal")]
    private partial void LogLoopFailed(Exception exception, long executionId);
}
