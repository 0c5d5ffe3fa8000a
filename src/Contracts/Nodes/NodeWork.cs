using Scheduler.Contracts.Instances;

namespace Scheduler.Contracts.Nodes;

/// <summary>What a silo needs to run one attempt, beside the immutable package that it has or can get.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/node-work")]
public sealed record NodeWork
{
    [Id(0)] public required ExecutionOrder Order { get; init; }

    /// <summary>Such as <c>load:l1</c>.</summary>
    [Id(1)] public required string Path { get; init; }

    /// <summary>
    /// Outputs that flow in at each level from the root workflow's node down to the node itself: entry <c>i</c> holds the merged
    /// outputs of the direct parents of the <c>i</c>-th part of <see cref="Path"/>.
    /// </summary>
    [Id(2)] public required IReadOnlyList<IReadOnlyDictionary<string, string>> InputsByLevel { get; init; }

    [Id(3)] public required DateTimeOffset ExecutionStartedAt { get; init; }

    /// <summary>True when no silo can have begun this attempt before; false when that is not known.</summary>
    [Id(4)] public bool IsFresh { get; init; }

    /// <summary>
    /// How the work that goes on elsewhere is found again, as this attempt or a lost one before it has saved it; null when none has.
    /// </summary>
    [Id(5)] public string? Handle { get; init; }

    /// <summary>True: the work behind <see cref="Handle"/> is to be ended, and nothing else is to be done.</summary>
    [Id(6)] public bool IsKill { get; init; }
}

/// <summary>An attempt that waits for a slot.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="ProjectId">For fairness between projects.</param>
/// <param name="Priority">Higher goes first.</param>
[GenerateSerializer, Immutable, Alias("scheduler/dispatch-item")]
public sealed record DispatchItem(AttemptId Attempt, int ProjectId, int Priority)
{
    /// <summary>Null for most: nothing is cheaper to send than nothing.</summary>
    [Id(0)] private readonly string[]? quotas;

    /// <summary>Keys of the quotas that the attempt counts for while it runs, without duplicates; empty for most.</summary>
    public IReadOnlyList<string> Quotas
    {
        get => quotas ?? [];
        init => quotas = value.Count == 0 ? null : [.. value];
    }
}
