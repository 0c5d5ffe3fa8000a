using Scheduler.Contracts.Plugins;

namespace Scheduler.Contracts.Nodes;

/// <summary>One node of an execution as last stored.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/node-view")]
public sealed record NodeView
{
    /// <summary>Names from the root down, joined by colons: <c>load:l1</c>.</summary>
    [Id(0)] public required string Path { get; init; }

    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required string Type { get; init; }

    /// <summary>Position in the list of the node it is embedded in; -1 for nodes of the root workflow.</summary>
    [Id(3)] public required int Container { get; init; }

    /// <summary>Names of siblings it waits for.</summary>
    [Id(4)] public IReadOnlyList<string> Parents { get; init; } = [];
    [Id(5)] public string? Condition { get; init; }

    /// <summary>The workflow it runs, for an embedded workflow.</summary>
    [Id(6)] public string? EmbeddedWorkflowId { get; init; }
    [Id(7)] public required NodeStatus Status { get; init; }
    [Id(8)] public WaitingOn WaitingOn { get; init; }

    /// <summary>The current or last attempt, counted from 1.</summary>
    [Id(9)] public required int Attempt { get; init; }
    [Id(10)] public DateTimeOffset? StartedAt { get; init; }
    [Id(11)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Time of its last change; null when nothing has happened to it.</summary>
    [Id(12)] public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Earlier attempts, oldest first.</summary>
    [Id(13)] public IReadOnlyList<PastAttempt> PastAttempts { get; init; } = [];

    /// <summary>Why it failed or was not run, in words; null when there is nothing to say.</summary>
    [Id(14)] public string? Reason { get; init; }

    /// <summary>Output properties of the last attempt.</summary>
    [Id(15)] public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>What the current attempt has said last about how far it has come; null when it has said nothing, or has ended.</summary>
    [Id(16)] public NodeProgress? Progress { get; init; }
}

/// <summary>An attempt that has been followed by another.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/past-attempt")]
public sealed record PastAttempt(int Number, NodeStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Reason);
