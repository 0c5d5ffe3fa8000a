using Orleans.Concurrency;

namespace Scheduler.Contracts.Instances;

/// <summary>
/// The gate of one workflow of one project: decides, one submission after the other, whether a new execution may run beside those
/// that are active. Key: <c>project id/workflow id</c>.
/// </summary>
/// <remarks>
/// It remembers active executions and keeps nothing of its own on disk; after a crash it asks the journal again. While the cluster
/// is changing there may briefly be two of it, so an overlap is prevented on a best-effort basis, as with every lock that can
/// expire. An execution itself is never duplicated.
/// </remarks>
[Alias("scheduler/workflow-gate")]
public interface IWorkflowGrain : IGrainWithStringKey
{
    /// <summary>Decides and, when it may, starts the execution; returns after it is stored.</summary>
    [Alias("submit")]
    Task<SubmitResult> SubmitAsync(ExecutionRequest request, int version);

    /// <summary>An execution has ended; safe to repeat.</summary>
    [Alias("ended"), OneWay]
    Task ExecutionEndedAsync(long executionId);
}
