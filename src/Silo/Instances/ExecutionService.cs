using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The port of executions: lists and ended executions come from the journal, everything that moves goes to its grain.
/// </summary>
internal sealed class ExecutionService(
    Submissions submissions, ExecutionCalls calls, GrainAddresses addresses, IJournal journal, StoredExecutions stored, NodeLogs nodeLogs,
    TimeProvider clock) : IExecutions
{
    /// <summary>Below Orleans' response time-out.</summary>
    private static readonly TimeSpan WaitPatience = TimeSpan.FromSeconds(10);

    /// <summary>A silo that stops answers at once that it has not ended.</summary>
    private static readonly TimeSpan DelayBetweenWaits = TimeSpan.FromMilliseconds(100);

    public Task<SubmitResult> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        submissions.SubmitAsync(request, cancellationToken);

    public Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken) =>
        journal.FindAsync(executionId, cancellationToken);

    public async Task<ExecutionSummary?> WaitForEndAsync(long executionId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asking a grain for what has ended long ago would bring it back into memory.
            var stored = await journal.FindAsync(executionId, cancellationToken);
            if (stored is null || stored.Status.IsTerminal()) return stored;

            if (await calls.AskAsync(() => InstanceOf(executionId).WaitForEndAsync(WaitPatience)).WaitAsync(cancellationToken) is { } ended)
                return ended;
            await Task.Delay(DelayBetweenWaits, clock, cancellationToken);
        }
    }

    public async Task<ExecutionView?> GetAsync(long executionId, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(executionId, cancellationToken) is not { } summary) return null;

        var live = summary.Status.IsTerminal() ? null : await calls.AskAsync(() => InstanceOf(executionId).GetAsync());
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

        return await calls.AskAsync(() => order(InstanceOf(executionId)));
    }

    private IWorkflowInstanceGrain InstanceOf(long executionId) => addresses.InstanceOf(executionId);
}
