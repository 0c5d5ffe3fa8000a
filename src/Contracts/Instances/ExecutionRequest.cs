namespace Scheduler.Contracts.Instances;

/// <summary>Why an execution exists.</summary>
public enum Initiator
{
    /// <summary>A person or program asked for it.</summary>
    Person = 0,
    Schedule = 1,

    /// <summary>The engine repeats a whole execution that failed.</summary>
    Retry = 2,
}

/// <summary>An order to run a workflow now.</summary>
/// <param name="ProjectId">Project whose package holds the workflow.</param>
/// <param name="WorkflowId">Id of a workflow of that package.</param>
/// <param name="Version">Package version; null takes the newest.</param>
/// <param name="SubmittedBy">User name.</param>
/// <param name="Initiator">Who or what asked.</param>
/// <param name="Options">How it shall run.</param>
[GenerateSerializer, Immutable, Alias("scheduler/execution-request")]
public sealed record ExecutionRequest(
    int ProjectId, string WorkflowId, int? Version, string SubmittedBy, Initiator Initiator, ExecutionOptions Options);

/// <summary>What became of an <see cref="ExecutionRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/submit-result")]
public abstract record SubmitResult
{
    private SubmitResult() { }

    /// <summary>Stored and queued: it will run whatever process dies now.</summary>
    /// <param name="ExecutionId">Positive, unique, increasing.</param>
    /// <param name="Beside">Executions of the same workflow that were active, oldest first.</param>
    /// <param name="PipelineLevel">The level it follows the latest of them at; null when it does not follow.</param>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-accepted")]
    public sealed record Accepted(long ExecutionId, IReadOnlyList<long> Beside, int? PipelineLevel) : SubmitResult;

    /// <summary>Refused because the workflow is running and the option is <see cref="ConcurrencyOption.Skip"/>.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-busy")]
    public sealed record Busy(IReadOnlyList<long> ExecutionIds) : SubmitResult;

    /// <summary>Refused because too many executions of the workflow are active.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-too-many")]
    public sealed record TooManyRunning(int Limit) : SubmitResult;

    /// <summary>No such project, version or workflow.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-unknown")]
    public sealed record UnknownWorkflow(string Reason) : SubmitResult;

    /// <summary>The workflow is locked against new executions.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-locked")]
    public sealed record Locked(string? Reason) : SubmitResult;

    /// <summary>The workflow exists but cannot be run as asked, for example because it is larger than the limit.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/submit-invalid")]
    public sealed record Invalid(string Reason) : SubmitResult;
}
