using Scheduler.Contracts.Timeline;

namespace Scheduler.Contracts.Instances;

/// <summary>Starting, steering and reading executions: the port the HTTP surface and the command line use.</summary>
/// <remarks>
/// A reply means that what it says is stored. When the store cannot be reached the calls throw
/// <see cref="StorageUnavailableException"/>; repeating a control call is safe, repeating a submission may start a second execution.
/// </remarks>
public interface IExecutions
{
    Task<SubmitResult> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken);

    /// <summary>Null when there is no such execution.</summary>
    Task<ExecutionSummary?> FindAsync(long executionId, CancellationToken cancellationToken);

    /// <summary>With all nodes; null when there is no such execution.</summary>
    Task<ExecutionView?> GetAsync(long executionId, CancellationToken cancellationToken);

    /// <summary>Waits until the end of an execution is stored.</summary>
    /// <returns>The execution as it ended; null when there is no such execution.</returns>
    Task<ExecutionSummary?> WaitForEndAsync(long executionId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ExecutionPage> ListAsync(ExecutionFilter filter, int start, int length, CancellationToken cancellationToken);

    /// <summary>Ids of the executions of one workflow that have not ended, oldest first.</summary>
    Task<IReadOnlyList<long>> ListActiveAsync(int projectId, string workflowId, CancellationToken cancellationToken);

    Task<ControlResult> CancelAsync(long executionId, string user, CancellationToken cancellationToken);

    Task<ControlResult> PauseAsync(long executionId, string user, CancellationToken cancellationToken);

    Task<ControlResult> ResumeAsync(long executionId, string user, CancellationToken cancellationToken);

    /// <summary>Gives failed, cancelled and omitted nodes of an execution that is still active another try.</summary>
    Task<ControlResult> RetryFailedAsync(long executionId, string user, CancellationToken cancellationToken);

    /// <summary>Log of the execution itself: one line for each change of status, rendered from its journal.</summary>
    /// <param name="executionId">An existing execution.</param>
    /// <param name="offset">Bytes from the start; values outside the log give an empty slice.</param>
    /// <param name="length">At most this many bytes.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<LogSlice> ReadLogAsync(long executionId, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Log of one attempt of a node; null when the execution has no such node.</summary>
    /// <param name="executionId">An existing execution.</param>
    /// <param name="nodePath">Such as <c>load:l1</c>.</param>
    /// <param name="attempt">Counted from 1; null takes the latest.</param>
    /// <param name="offset">Bytes from the start; values outside the log give an empty slice.</param>
    /// <param name="length">At most this many bytes.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<LogSlice?> ReadNodeLogAsync(
        long executionId, string nodePath, int? attempt, long offset, int length, CancellationToken cancellationToken);
}

/// <summary>Which executions to list. Null members do not restrict.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/execution-filter")]
public sealed record ExecutionFilter
{
    [Id(0)] public int? ProjectId { get; init; }
    [Id(1)] public string? WorkflowId { get; init; }
    [Id(2)] public ExecutionStatus? Status { get; init; }

    /// <summary>True: only those that have not ended; false: only those that have.</summary>
    [Id(3)] public bool? Active { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Total">Rows there are in all, counted no further than 10 000 rows behind the page.</param>
/// <param name="Executions">The page.</param>
[GenerateSerializer, Immutable, Alias("scheduler/execution-page")]
public sealed record ExecutionPage(int Total, IReadOnlyList<ExecutionSummary> Executions);
