using Scheduler.Contracts.Nodes;

namespace Scheduler.Contracts.Instances;

/// <summary>The row of an execution in a list. Shows only what is stored.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/execution-summary")]
public sealed record ExecutionSummary
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required int ProjectId { get; init; }
    [Id(2)] public required string WorkflowId { get; init; }

    /// <summary>Package version it runs.</summary>
    [Id(3)] public required int Version { get; init; }
    [Id(4)] public required ExecutionStatus Status { get; init; }
    [Id(5)] public required string SubmittedBy { get; init; }
    [Id(6)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Null until the first node may start.</summary>
    [Id(7)] public DateTimeOffset? StartedAt { get; init; }
    [Id(8)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Time of the last stored change.</summary>
    [Id(9)] public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An execution with all its nodes, as last stored.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/execution-view")]
public sealed record ExecutionView
{
    [Id(0)] public required ExecutionSummary Summary { get; init; }
    [Id(1)] public required Initiator Initiator { get; init; }
    [Id(2)] public required ExecutionOptions Options { get; init; }

    /// <summary>The execution this one follows when pipelined, else null.</summary>
    [Id(3)] public long? FollowsExecutionId { get; init; }

    /// <summary>Depth first: a node stands before the nodes embedded in it. Siblings are in the order of the definition.</summary>
    [Id(4)] public required IReadOnlyList<NodeView> Nodes { get; init; }
}
