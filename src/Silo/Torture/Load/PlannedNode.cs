namespace Scheduler.Silo.Torture.Load;

/// <summary>What the endings of its parents must be for a node to start, once all of them have ended.</summary>
internal enum ParentRule
{
    /// <summary>None has failed. The rule of a node that names no other.</summary>
    AllSuccess = 0,

    /// <summary>They have ended, whatever way.</summary>
    AllDone = 1,

    /// <summary>At least one has failed.</summary>
    OneFailed = 2,

    /// <summary>At least one has succeeded.</summary>
    OneSuccess = 3,

    /// <summary>None has succeeded.</summary>
    AllFailed = 4,
}

/// <summary>What a job does: sleeps, writes lines to its log, and fails or succeeds.</summary>
/// <param name="Seconds">How long it takes, not counting its start.</param>
/// <param name="Failures">How many tries fail before one succeeds; <see cref="Always"/> for a job that never does.</param>
/// <param name="Retries">Further tries its author allows.</param>
/// <param name="Backoff">Pause before each of them.</param>
/// <param name="LogLines">Lines it writes, at least 1.</param>
/// <param name="Answer">The output property <c>answer</c> it leaves when it succeeds; null for none.</param>
/// <param name="IsTolerated">True: its failure counts as success.</param>
internal sealed record JobPlan(
    double Seconds, int Failures, int Retries, TimeSpan Backoff, int LogLines, string? Answer = null, bool IsTolerated = false)
{
    public const int Always = int.MaxValue;
}

/// <summary>One node of a generated workflow: a job, a noop, or an embedded workflow.</summary>
internal sealed record PlannedNode
{
    /// <summary>Unique within its workflow; letters and digits.</summary>
    public required string Name { get; init; }

    /// <summary>Siblings it waits for; each stands before it in the list.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    public ParentRule Rule { get; init; }

    /// <summary>The answer that its only parent must have left; null asks for none.</summary>
    public string? WantedAnswer { get; init; }

    /// <summary>Null for a noop and for an embedded workflow.</summary>
    public JobPlan? Job { get; init; }

    /// <summary>The nodes of an embedded workflow; null for any other.</summary>
    public IReadOnlyList<PlannedNode>? Members { get; init; }

    /// <summary>Whoever orders the execution has it passed over.</summary>
    public bool IsDisabled { get; init; }
}
