namespace Scheduler.Contracts.Nodes;

/// <summary>How an attempt ended, as the engine records it.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/attempt-result")]
public abstract record AttemptResult
{
    private AttemptResult() { }

    /// <param name="Outputs">Output properties for the nodes after it.</param>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-succeeded")]
    public sealed record Succeeded(IReadOnlyDictionary<string, string> Outputs) : AttemptResult;

    /// <param name="Code">Stable and dotted, such as <c>process.exit-code</c>.</param>
    /// <param name="Message">For a person.</param>
    /// <param name="CanRetry">False when another try with the same settings must fail too.</param>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-failed")]
    public sealed record Failed(string Code, string Message, bool CanRetry) : AttemptResult;

    /// <summary>It was told to stop, and nothing of it runs any more.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-cancelled")]
    public sealed record Cancelled : AttemptResult;

    /// <summary>The platform lost it (its process died); says nothing about the user's work.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-lost")]
    public sealed record Lost(string Reason) : AttemptResult;

    /// <summary>
    /// The platform ended it on purpose, to run it elsewhere: its silo is being stopped. Says nothing about the user's work, and counts
    /// against no budget.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-interrupted")]
    public sealed record Interrupted(string Reason) : AttemptResult;

    /// <summary>It is not over, and nothing of it runs here: it is to be called again.</summary>
    /// <param name="Reason">For a person: what it waits for.</param>
    /// <param name="CheckAfter">When to call it again.</param>
    [GenerateSerializer, Immutable, Alias("scheduler/attempt-waiting")]
    public sealed record Waiting(string Reason, TimeSpan CheckAfter) : AttemptResult;
}

/// <summary>An attempt and how it ended.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/ended-attempt")]
public sealed record EndedAttempt(AttemptId Attempt, AttemptResult Result);
