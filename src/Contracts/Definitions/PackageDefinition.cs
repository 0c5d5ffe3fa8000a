namespace Scheduler.Contracts.Definitions;

/// <summary>Which of Azkaban's two package formats the archive uses.</summary>
public enum PackageFormat
{
    /// <summary><c>.job</c> and <c>.properties</c> files.</summary>
    Flow1 = 1,

    /// <summary>A <c>.project</c> file and <c>.flow</c> YAML files.</summary>
    Flow2 = 2,
}

/// <summary>Everything the workflows of one package version say. Immutable, and small enough to be cached per version.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/package-definition")]
public sealed record PackageDefinition
{
    [Id(0)] public required PackageFormat Format { get; init; }

    /// <summary>All workflows, embedded ones included, ordered by id; ids are unique and compared ordinally.</summary>
    [Id(1)] public required IReadOnlyList<WorkflowDefinition> Workflows { get; init; }

    /// <summary>
    /// Property layers that several nodes inherit (Flow 1.0 <c>.properties</c> chains, already merged, nearest file winning).
    /// Nodes refer to them by position, so that ten thousand nodes of a directory share one.
    /// </summary>
    [Id(2)] public IReadOnlyList<IReadOnlyDictionary<string, string>> SharedProperties { get; init; } = [];

    /// <summary>The workflow with this id, or null.</summary>
    public WorkflowDefinition? Find(string workflowId) => Workflows.FirstOrDefault(workflow => workflow.Id == workflowId);
}
