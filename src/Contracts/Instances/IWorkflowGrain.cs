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
    /// <summary>Decides, and counts the execution from then on. Whoever is let in starts it, or says that it has ended.</summary>
    [Alias("admit")]
    Task<Admission> AdmitAsync(ConcurrencyOption concurrency);

    /// <summary>An execution has ended, or never began; safe to repeat.</summary>
    [Alias("ended"), OneWay]
    Task ExecutionEndedAsync(long executionId);
}

/// <summary>Whether one more execution may run.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/admission")]
public abstract record Admission
{
    private Admission() { }

    /// <param name="ExecutionId">The id of the new execution.</param>
    /// <param name="Beside">Executions of the same workflow that are active, oldest first.</param>
    [GenerateSerializer, Immutable, Alias("scheduler/admission-granted")]
    public sealed record Granted(long ExecutionId, IReadOnlyList<long> Beside) : Admission;

    [GenerateSerializer, Immutable, Alias("scheduler/admission-refused")]
    public sealed record Refused(SubmitResult Why) : Admission;
}
