using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>What the system properties say about an execution; the same for all its attempts.</summary>
internal sealed record ExecutionFacts
{
    public required long ExecutionId { get; init; }
    public required int ProjectId { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>Number of the package version.</summary>
    public required int Version { get; init; }

    /// <summary>The workflow that was ordered.</summary>
    public required string WorkflowId { get; init; }
    public required string SubmittedBy { get; init; }
    public required Initiator Initiator { get; init; }

    /// <summary>Who last changed the project, and when.</summary>
    public required string ProjectModifiedBy { get; init; }
    public required DateTimeOffset ProjectModifiedAt { get; init; }

    /// <summary>When the execution came into being; with the id it makes the execution's UUID.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When its first node could start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The zone scripts expect start times in.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Where users reach the server, without a slash at the end; null leaves out all properties that name a URL.</summary>
    public Uri? BaseUrl { get; init; }
}

/// <summary>What the system properties say about one attempt.</summary>
internal sealed record NodeFacts
{
    /// <summary>Names from the outermost embedding node down to the node itself; one name when it is not embedded.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>Id of the workflow that directly contains the node.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Counted from 1, as everywhere here; Azkaban's scripts see it counted from 0.</summary>
    public required int Attempt { get; init; }

    /// <summary>Names of the nodes right before and right after it.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>Absolute; null leaves <c>working.dir</c> to whoever runs the node.</summary>
    public string? DefaultDirectory { get; init; }
}
