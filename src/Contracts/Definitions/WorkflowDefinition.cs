using Scheduler.Contracts.Instances;

namespace Scheduler.Contracts.Definitions;

/// <summary>One workflow of a package: a DAG of nodes.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/workflow-definition")]
public sealed record WorkflowDefinition
{
    /// <summary>Flow 1.0: the name of its end node. Flow 2.0: the file name without extension, or <c>parent:node</c> when embedded.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>True for a Flow 2.0 workflow that lives inside a node of another one and is hidden from listings.</summary>
    [Id(1)] public bool IsEmbedded { get; init; }

    /// <summary>Ordered by name; names are unique within the workflow; every parent named by a node is among them.</summary>
    [Id(2)] public required IReadOnlyList<NodeDefinition> Nodes { get; init; }

    /// <summary>Flow 2.0 <c>config</c> of the workflow; empty for Flow 1.0.</summary>
    [Id(3)] public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What the author wants after a failure; null leaves it to the request.</summary>
    [Id(4)] public FailureAction? FailureAction { get; init; }

    [Id(5)] public IReadOnlyList<string> SuccessEmails { get; init; } = [];
    [Id(6)] public IReadOnlyList<string> FailureEmails { get; init; } = [];

    /// <summary>Null for most workflows, and always for Flow 1.0 and embedded ones.</summary>
    [Id(7)] public WorkflowTrigger? Trigger { get; init; }
}
