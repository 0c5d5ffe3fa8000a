using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Timeline;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Executions that never run by themselves: tests say what becomes of them. Logs are handed out in small pieces.</summary>
public sealed class InMemoryExecutions(Switch store, TimeProvider clock) : IExecutions
{
    /// <summary>No read returns more, however much is asked for.</summary>
    private const int PieceBytes = 7;

    private readonly SortedDictionary<long, ExecutionView> views = [];
    private readonly Dictionary<(long Execution, string Path, int Attempt), byte[]> logs = [];

    public long NextId { get; set; } = 4813;

    /// <summary>Answer of every submission from now on instead of the real one.</summary>
    public SubmitResult? Answer { get; set; }

    public List<ExecutionRequest> Requests { get; } = [];

    public IReadOnlyDictionary<long, ExecutionView> Views => views;

    public Task<SubmitResult> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        store.Check();
        Requests.Add(request);
        if (Answer is not null) return Task.FromResult(Answer);

        var beside = Active(request.ProjectId, request.WorkflowId);
        if (beside.Count > 0 && request.Options.Concurrency == ConcurrencyOption.Skip)
            return Task.FromResult<SubmitResult>(new SubmitResult.Busy(beside));

        var id = NextId++;
        Put(new()
        {
            Summary = new()
            {
                Id = id,
                ProjectId = request.ProjectId,
                WorkflowId = request.WorkflowId,
                Version = request.Version ?? 1,
                Status = ExecutionStatus.Waiting,
                SubmittedBy = request.SubmittedBy,
                SubmittedAt = clock.GetUtcNow(),
                UpdatedAt = clock.GetUtcNow(),
            },
            Initiator = request.Initiator,
            Options = request.Options,
            Nodes = [],
        });
        return Task.FromResult<SubmitResult>(
            new SubmitResult.Accepted(id, beside, beside.Count == 0 ? null : request.Options.PipelineLevel));
    }

    public void Put(ExecutionView view) => views[view.Summary.Id] = view;

    public void SetStatus(long id, ExecutionStatus status) =>
        views[id] = views[id] with { Summary = views[id].Summary with { Status = status } };

    /// <summary>Sets a log; an empty path means the log of the execution itself.</summary>
    public void SetLog(long id, string path, int attempt, byte[] log) => logs[(id, path, attempt)] = log;

    public Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken)
    {
        store.Check();
        return Task.FromResult(views.GetValueOrDefault(executionId)?.Summary);
    }

    public Task<ExecutionSummary?> WaitForEndAsync(long executionId, CancellationToken cancellationToken) =>
        FindAsync(executionId, cancellationToken);

    public Task<ExecutionView?> GetAsync(long executionId, CancellationToken cancellationToken) =>
        Task.FromResult(views.GetValueOrDefault(executionId));

    public Task<ExecutionPage> ListAsync(ExecutionFilter filter, int start, int length, CancellationToken cancellationToken)
    {
        var found = views.Values.Select(view => view.Summary).Where(summary =>
            (filter.ProjectId ?? summary.ProjectId) == summary.ProjectId
            && (filter.WorkflowId ?? summary.WorkflowId) == summary.WorkflowId
            && (filter.Status ?? summary.Status) == summary.Status
            && (filter.Active ?? !summary.Status.IsTerminal()) == !summary.Status.IsTerminal()).Reverse().ToList();
        return Task.FromResult(new ExecutionPage(found.Count, [.. found.Skip(start).Take(length)]));
    }

    public Task<IReadOnlyList<long>> ListActiveAsync(int projectId, string workflowId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>(Active(projectId, workflowId));

    public Task<ControlResult> CancelAsync(long executionId, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Move(executionId, ExecutionStatus.Cancelling, whileCancelling: ControlResult.Done));

    public Task<ControlResult> PauseAsync(long executionId, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Move(executionId, ExecutionStatus.Paused, whileCancelling: ControlResult.Cancelling));

    public Task<ControlResult> ResumeAsync(long executionId, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Move(executionId, ExecutionStatus.Running, whileCancelling: ControlResult.Cancelling));

    public Task<ControlResult> RetryFailedAsync(long executionId, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Move(executionId, ExecutionStatus.Running, whileCancelling: ControlResult.Cancelling));

    public Task<LogSlice> ReadLogAsync(long executionId, long offset, int length, CancellationToken cancellationToken) =>
        Task.FromResult(Slice(executionId, "", attempt: 1, offset, length));

    public Task<LogSlice?> ReadNodeLogAsync(
        long executionId, string nodePath, int? attempt, long offset, int length, CancellationToken cancellationToken) =>
        Task.FromResult(views[executionId].Nodes.FirstOrDefault(node => node.Path == nodePath) is { } node
            ? Slice(executionId, nodePath, attempt ?? node.Attempt, offset, length)
            : null);

    private List<long> Active(int projectId, string workflowId) =>
    [
        .. views.Values.Select(view => view.Summary)
            .Where(summary => summary.ProjectId == projectId && summary.WorkflowId == workflowId && !summary.Status.IsTerminal())
            .Select(summary => summary.Id),
    ];

    private ControlResult Move(long id, ExecutionStatus to, ControlResult whileCancelling)
    {
        store.Check();
        if (!views.TryGetValue(id, out var view)) return ControlResult.UnknownExecution;
        if (view.Summary.Status.IsTerminal()) return ControlResult.NotActive;
        if (view.Summary.Status == ExecutionStatus.Cancelling) return whileCancelling;

        SetStatus(id, to);
        return ControlResult.Done;
    }

    private LogSlice Slice(long id, string path, int attempt, long offset, int length)
    {
        var log = logs.GetValueOrDefault((id, path, attempt), []);
        if (offset >= log.Length) return new(offset, ReadOnlyMemory<byte>.Empty, log.Length);

        var count = (int)Math.Min(Math.Min(length, PieceBytes), log.Length - offset);
        return new(offset, log.AsMemory((int)offset, count), log.Length);
    }
}
