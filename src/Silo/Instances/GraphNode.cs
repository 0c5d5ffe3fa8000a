using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Instances;

/// <summary>Who does the work of a node.</summary>
internal enum NodeKind
{
    /// <summary>A plugin, on some silo; it takes one of the execution's slots.</summary>
    Plugin = 0,

    /// <summary>Nobody: it succeeds as soon as its start is stored. The type is <see cref="GraphNode.ControlType"/>.</summary>
    Control = 1,

    /// <summary>The nodes inside it: an embedded workflow.</summary>
    Container = 2,
}

/// <summary>One node of a compiled graph. Immutable, shared by all executions of the version.</summary>
/// <param name="Definition">What the author wrote.</param>
/// <param name="Kind">Who does its work.</param>
/// <param name="Container">Position of the node it is embedded in; <see cref="ExecutionGraph.Root"/> at the top.</param>
/// <param name="Condition">What must hold for it to start.</param>
/// <param name="Settings">Retries and the like.</param>
internal sealed record GraphNode(
    NodeDefinition Definition, NodeKind Kind, int Container, NodeCondition Condition, NodeSettings Settings)
{
    /// <summary>The built-in type of a node that only joins or separates others.</summary>
    public const string ControlType = "noop";

    public static readonly IReadOnlyDictionary<string, string> NoProperties = new Dictionary<string, string>();

    public string Name => Definition.Name;

    /// <summary>The properties its directory shares, the weakest layer; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Shared { get; init; } = NoProperties;

    /// <summary>True when no node waits for it: its ending is an ending of its container.</summary>
    public required bool IsEnd { get; init; }

    /// <summary>
    /// True when its failure fails the execution. False when nodes wait for it and each of them has a macro that can make something
    /// of a failure (any but <c>all_success</c>).
    /// </summary>
    public required bool FailureMatters { get; init; }
}
