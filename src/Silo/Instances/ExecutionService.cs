using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The port of executions: lists and ended executions come from the journal, everything that moves goes to its grain.
/// </summary>
internal sealed class ExecutionService(
    IGrainFactory grains, GrainAddresses addresses, IJournal journal, IProjects projects, WorkflowCatalog catalog,
    StoredExecutions stored, NodeLogs nodeLogs, QuotaLimits limits, LivingSilos silos, IOptions<EngineOptions> options,
    TimeProvider clock) : IExecutions
{
    /// <summary>A takeover is over in one or two turns; more repeats than this mean that something else is wrong.</summary>
    private const int MaxMoves = 5;

    /// <summary>Below Orleans' response time-out.</summary>
    private static readonly TimeSpan WaitPatience = TimeSpan.FromSeconds(10);

    /// <summary>A silo that stops answers at once that it has not ended.</summary>
    private static readonly TimeSpan DelayBetweenWaits = TimeSpan.FromMilliseconds(100);

    public async Task<SubmitResult> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (await projects.FindVersionAsync(request.ProjectId, request.Version, cancellationToken) is not { } version)
            return new SubmitResult.UnknownWorkflow("Nothing has been uploaded to the project yet, or not this version");

        var definition = await projects.GetDefinitionAsync(version, cancellationToken);
        if (definition.Find(request.WorkflowId) is null)
            return new SubmitResult.UnknownWorkflow($"Version {version.Number} has no workflow {request.WorkflowId}");

        var (workflow, refusal) = await catalog.GetAsync(request.ProjectId, version.Number, request.WorkflowId, cancellationToken);
        refusal ??= ExecutionSettings.FaultOf(request.Options) ?? await FindImpossibleDemandAsync(workflow!, request.Options, cancellationToken);
        if (refusal is not null) return new SubmitResult.Invalid(refusal);

        var gate = WorkflowGrain.KeyOf(request.ProjectId, request.WorkflowId);
        return await AskAsync(() => grains.GetGrain<IWorkflowGrain>(gate).SubmitAsync(request, version.Number));
    }

    public Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken) =>
        journal.FindAsync(executionId, cancellationToken);

    public async Task<ExecutionSummary?> WaitForEndAsync(long executionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asking a grain for what has ended long ago would bring it back into memory.
            var stored = await journal.FindAsync(executionId, cancellationToken);
            if (stored is null || stored.Status.IsTerminal()) return stored;

            if (await AskAsync(() => InstanceOf(executionId).WaitForEndAsync(WaitPatience)).WaitAsync(cancellationToken) is { } ended)
                return ended;
            await Task.Delay(DelayBetweenWaits, clock, cancellationToken);
        }
    }

    public async Task<ExecutionView?> GetAsync(long executionId, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(executionId, cancellationToken) is not { } summary) return null;

        var live = summary.Status.IsTerminal() ? null : await AskAsync(() => InstanceOf(executionId).GetAsync());
        return live ?? await stored.GetAsync(executionId, cancellationToken);
    }

    public Task<ExecutionPage> ListAsync(ExecutionFilter filter, int start, int length, CancellationToken cancellationToken) =>
        journal.ListAsync(filter, start, length, cancellationToken);

    public Task<IReadOnlyList<long>> ListActiveAsync(int projectId, string workflowId, CancellationToken cancellationToken) =>
        journal.ListActiveAsync(projectId, workflowId, cancellationToken);

    public Task<ControlResult> CancelAsync(long executionId, string user, CancellationToken cancellationToken) =>
        ControlAsync(executionId, instance => instance.CancelAsync(user), cancellationToken);

    public Task<ControlResult> PauseAsync(long executionId, string user, CancellationToken cancellationToken) =>
        ControlAsync(executionId, instance => instance.PauseAsync(user), cancellationToken);

    public Task<ControlResult> ResumeAsync(long executionId, string user, CancellationToken cancellationToken) =>
        ControlAsync(executionId, instance => instance.ResumeAsync(user), cancellationToken);

    public Task<ControlResult> RetryFailedAsync(long executionId, string user, CancellationToken cancellationToken) =>
        ControlAsync(executionId, instance => instance.RetryFailedAsync(user), cancellationToken);

    public Task<LogSlice> ReadLogAsync(long executionId, long offset, int length, CancellationToken cancellationToken) =>
        stored.ReadLogAsync(executionId, offset, length, cancellationToken);

    public async Task<LogSlice?> ReadNodeLogAsync(
        long executionId, string nodePath, int? attempt, long offset, int length, CancellationToken cancellationToken)
    {
        if (await GetAsync(executionId, cancellationToken) is not { } view) return null;

        for (var node = 0; node < view.Nodes.Count; node++)
            if (view.Nodes[node].Path == nodePath)
                return await nodeLogs.ReadAsync(executionId, node, view.Nodes[node], attempt, offset, length, cancellationToken);

        return null;
    }

    private async Task<ControlResult> ControlAsync(
        long executionId, Func<IWorkflowInstanceGrain, Task<ControlResult>> order, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(executionId, cancellationToken) is not { } summary) return ControlResult.UnknownExecution;
        if (summary.Status.IsTerminal()) return ControlResult.NotActive;

        return await AskAsync(() => order(InstanceOf(executionId)));
    }

    /// <summary>Why the nodes can never be dispatched; null when they can.</summary>
    private async Task<string?> FindImpossibleDemandAsync(
        RunnableWorkflow workflow, ExecutionOptions wanted, CancellationToken cancellationToken)
    {
        var demands = new ExecutionDemands(workflow, wanted, options.Value.IgnoresDemands).All().Distinct().ToList();
        if (demands.Find(demand => demand.Fault is not null) is { Fault: { } fault }) return fault;

        var pools = demands.SelectMany(demand => demand.Pools).Distinct().ToList();
        var (missing, existing) = await limits.FindMissingPoolsAsync(pools, cancellationToken);
        if (missing.Count == 0) return null;

        var known = existing.Count == 0 ? "There are no pools." : $"There are: {string.Join(", ", Suggestions.Rank(existing, missing[0]))}.";
        return $"There is no pool '{missing[0]}'. {known}";
    }

    private IWorkflowInstanceGrain InstanceOf(long executionId) => addresses.InstanceOf(executionId);

    private async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        if (silos.Owners.Count == 0) throw new StorageUnavailableException("No silo is there that runs executions");

        for (var moves = 0; ; moves++)
        {
            try
            {
                return await call();
            }
            catch (ExecutionMovedException) when (moves < MaxMoves)
            {
                // Another silo is taking the execution over; the directory leads the next call there.
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                throw new StorageUnavailableException("The execution did not answer; what was asked for may have been done", exception);
            }
        }
    }
}
