namespace Scheduler.Contracts.Definitions;

/// <summary>One box of a workflow.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/node-definition")]
public sealed record NodeDefinition
{
    /// <summary>The type of a node that runs another workflow as a part of this one.</summary>
    public const string EmbeddedType = "flow";

    /// <summary>Unique within its workflow.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Node type id such as <c>command</c>; <see cref="EmbeddedType"/> for an embedded workflow. Not checked at upload.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>Names of the nodes it waits for, without duplicates, in the order written.</summary>
    [Id(2)] public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>The author's text; null means all parents must succeed.</summary>
    [Id(3)] public string? Condition { get; init; }

    /// <summary>Its own layer: the keys of the <c>.job</c> file or the node's <c>config</c>, unresolved.</summary>
    [Id(4)] public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Position in <see cref="PackageDefinition.SharedProperties"/>; null when it inherits nothing.</summary>
    [Id(5)] public int? SharedProperties { get; init; }

    /// <summary>The workflow it runs when <see cref="Type"/> is <see cref="EmbeddedType"/>, else null.</summary>
    [Id(6)] public string? EmbeddedWorkflowId { get; init; }

    /// <summary>Path of the file that defines it, inside the package.</summary>
    [Id(7)] public required string SourceFile { get; init; }

    /// <summary>Default working directory relative to the package root; empty for the root itself.</summary>
    [Id(8)] public string Directory { get; init; } = "";
}
