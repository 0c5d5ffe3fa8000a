using Orleans.Concurrency;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Contracts.Instances;

/// <summary>One running execution: resolves its graph, queues its nodes, keeps its journal. Key: the execution id.</summary>
/// <remarks>
/// Every call that returns has its effect stored. All calls may be repeated. An activation that finds another one writing its
/// journal drops what it holds and leaves; the caller gets an error and may call again.
/// </remarks>
[Alias("scheduler/instance")]
public interface IWorkflowInstanceGrain : IGrainWithIntegerKey
{
    /// <summary>Comes into memory, so that the start that is about to follow finds it there.</summary>
    [Alias("prepare"), OneWay]
    Task PrepareAsync();

    /// <summary>Stores the execution and sets it running. Repeating it for an execution that exists changes nothing.</summary>
    [Alias("start")]
    Task StartAsync(ExecutionOrder order);

    /// <summary>Takes over an execution whose silo is gone. Does nothing when it runs here already or has ended.</summary>
    [Alias("recover")]
    Task RecoverAsync();

    /// <summary>The execution as last stored; null when there is no such execution.</summary>
    [Alias("get")]
    Task<ExecutionView?> GetAsync();

    /// <summary>Waits until the end of the execution is stored.</summary>
    /// <param name="patience">How long at most; below the response time-out.</param>
    /// <returns>The execution as it ended; null when it has not by then, had before, or does not exist.</returns>
    [Alias("wait-for-end")]
    Task<ExecutionSummary?> WaitForEndAsync(TimeSpan patience);

    [Alias("cancel")]
    Task<ControlResult> CancelAsync(string user);

    [Alias("pause")]
    Task<ControlResult> PauseAsync(string user);

    [Alias("resume")]
    Task<ControlResult> ResumeAsync(string user);

    [Alias("retry-failed")]
    Task<ControlResult> RetryFailedAsync(string user);

    /// <summary>A silo asks for what attempts need to run.</summary>
    /// <returns>
    /// For each attempt in turn what it needs; null when it is not wanted (any more): it was cancelled, has ended or is claimed by another
    /// silo.
    /// </returns>
    [Alias("claim")]
    Task<IReadOnlyList<NodeWork?>> ClaimAsync(IReadOnlyList<AttemptId> attempts, string owner);

    /// <summary>A silo says how attempts it claimed have ended; it repeats this until the call returns.</summary>
    [Alias("attempts-ended")]
    Task AttemptsEndedAsync(IReadOnlyList<EndedAttempt> ended, string owner);

    /// <summary>Stores how the work of an attempt that goes on elsewhere is found again; a silo repeats this until the call returns.</summary>
    /// <returns>False when the attempt is not wanted any more: whoever runs it must stop.</returns>
    [Alias("save-handle")]
    Task<bool> SaveHandleAsync(AttemptId attempt, string? handle, string owner);

    /// <summary>How far an attempt has come: shown, not stored.</summary>
    [Alias("report"), OneWay]
    Task ReportAsync(AttemptId attempt, NodeProgress progress, string owner);

    /// <summary>Silos have died: attempts they had claimed are lost.</summary>
    [Alias("owners-lost")]
    Task OwnersLostAsync(IReadOnlyList<string> owners);

    /// <summary>Gives back the permits of those of its attempts that have ended; the others keep them.</summary>
    [Alias("return-permits")]
    Task ReturnPermitsAsync(IReadOnlyList<AttemptId> held);

    /// <summary>What still has to end; for an execution that follows this one.</summary>
    [Alias("progress")]
    Task<ExecutionProgress> GetProgressAsync();
}

/// <summary>A request that has been granted, with everything that recovery needs. Stored as JSON with the execution; only add members.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/execution-order")]
public sealed record ExecutionOrder
{
    [Id(0)] public required int ProjectId { get; init; }
    [Id(1)] public required string WorkflowId { get; init; }

    /// <summary>Package version, fixed for the life of the execution.</summary>
    [Id(2)] public required int Version { get; init; }
    [Id(3)] public required string SubmittedBy { get; init; }
    [Id(4)] public required DateTimeOffset SubmittedAt { get; init; }
    [Id(5)] public required Initiator Initiator { get; init; }
    [Id(6)] public required ExecutionOptions Options { get; init; }

    /// <summary>The execution it follows node by node when pipelined, else null.</summary>
    [Id(7)] public long? FollowsExecutionId { get; init; }
}

/// <summary>How far an execution has come.</summary>
/// <param name="HasEnded">True when nothing runs any more.</param>
/// <param name="OpenPaths">Paths of nodes that may still run or are running, in no particular order; empty when it has ended.</param>
[GenerateSerializer, Immutable, Alias("scheduler/execution-progress")]
public sealed record ExecutionProgress(bool HasEnded, IReadOnlyList<string> OpenPaths);
