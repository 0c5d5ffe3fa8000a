namespace Scheduler.Contracts.Instances;

/// <summary>How one execution shall run. Everything has the default of a bare request.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/execution-options")]
public sealed record ExecutionOptions
{
    [Id(0)] public FailureAction FailureAction { get; init; } = FailureAction.FinishRunning;

    /// <summary>True: <see cref="FailureAction"/> wins over the one written in the workflow.</summary>
    [Id(1)] public bool OverridesFailureAction { get; init; }

    /// <summary>Nodes to pass over. Unknown names are ignored.</summary>
    [Id(2)] public IReadOnlyList<DisabledNode> Disabled { get; init; } = [];

    /// <summary>Workflow-level parameters; they lie below what a node itself defines.</summary>
    [Id(3)] public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Parameters for one node or embedded workflow, by node path such as <c>load:l1</c>; they win over what it defines.</summary>
    [Id(4)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> NodeParameters { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    [Id(5)] public ConcurrencyOption Concurrency { get; init; } = ConcurrencyOption.Skip;

    /// <summary>1 to 3, only with <see cref="ConcurrencyOption.Pipeline"/>.</summary>
    [Id(6)] public int? PipelineLevel { get; init; }

    /// <summary>Echoed to clients that ask; has no effect.</summary>
    [Id(7)] public int QueueLevel { get; init; }

    [Id(8)] public IReadOnlyList<string> SuccessEmails { get; init; } = [];
    [Id(9)] public IReadOnlyList<string> FailureEmails { get; init; } = [];

    /// <summary>True: the addresses here replace those of the workflow.</summary>
    [Id(10)] public bool OverridesSuccessEmails { get; init; }
    [Id(11)] public bool OverridesFailureEmails { get; init; }
    [Id(12)] public bool NotifiesOnFirstFailure { get; init; } = true;
    [Id(13)] public bool NotifiesOnLastFailure { get; init; }
    [Id(14)] public string MailCreator { get; init; } = "default";

    /// <summary>Higher goes first in the dispatch queue.</summary>
    [Id(15)] public int Priority { get; init; } = 5;

    /// <summary>Nodes of this execution that may run at one time, counted across embedded workflows.</summary>
    [Id(16)] public int MaxParallelNodes { get; init; } = 10;
}

/// <summary>A node to pass over, or an embedded workflow in which to pass over some.</summary>
/// <param name="Name">Name of the node within its workflow.</param>
/// <param name="Children">Null disables the node itself; otherwise only these nodes inside it.</param>
[GenerateSerializer, Immutable, Alias("scheduler/disabled-node")]
public sealed record DisabledNode(string Name, IReadOnlyList<DisabledNode>? Children = null);
