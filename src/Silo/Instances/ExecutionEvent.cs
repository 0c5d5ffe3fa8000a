using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>
/// One fact in the life of an execution. Folding all of them in order gives its state. Members that a kind does not use have their
/// default; the factories say which it uses.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When: milliseconds since the Unix epoch, UTC; never before the event in front.</param>
internal readonly record struct ExecutionEvent(EventKind Kind, long At)
{
    public int Node { get; init; }

    /// <summary>The attempt it is about; for <see cref="EventKind.NodeReset"/> the one that comes next. Counted from 1.</summary>
    public int Attempt { get; init; }

    public NodeStatus Status { get; init; }
    public ExecutionStatus Outcome { get; init; }
    public Omission Omission { get; init; }

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long DueAt { get; init; }

    /// <summary>Stable and dotted; only with a failure.</summary>
    public string? Code { get; init; }

    /// <summary>For a person: the reason of a failure, or the name of a user or silo. Once for a plugin: a handle.</summary>
    public string? Text { get; init; }

    /// <summary>Never empty: null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }

    public static ExecutionEvent OfExecution(EventKind kind, long at, string? text = null) => new(kind, at) { Text = text };

    public static ExecutionEvent Ended(long at, ExecutionStatus outcome) => new(EventKind.ExecutionEnded, at) { Outcome = outcome };

    public static ExecutionEvent OfNode(EventKind kind, long at, int node, int attempt) => new(kind, at) { Node = node, Attempt = attempt };

    public static ExecutionEvent NodeEnded(long at, int node, int attempt, NodeStatus status, Failure? failure = null) =>
        new(EventKind.NodeEnded, at) { Node = node, Attempt = attempt, Status = status, Code = failure?.Code, Text = failure?.Message };

    public static ExecutionEvent NodeSucceeded(long at, int node, int attempt, IReadOnlyDictionary<string, string> outputs) =>
        new(EventKind.NodeEnded, at)
        {
            Node = node,
            Attempt = attempt,
            Status = NodeStatus.Succeeded,
            Outputs = outputs.Count == 0 ? null : outputs,
        };

    public static ExecutionEvent NodeRetrying(long at, int node, int attempt, Failure failure, long dueAt) =>
        new(EventKind.NodeRetrying, at) { Node = node, Attempt = attempt, Code = failure.Code, Text = failure.Message, DueAt = dueAt };

    public static ExecutionEvent NodeTimedOut(long at, int node, int attempt, Failure failure, long dueAt) =>
        NodeRetrying(at, node, attempt, failure, dueAt) with { Kind = EventKind.NodeTimedOut };

    public static ExecutionEvent NodeLost(long at, int node, int attempt, string reason) =>
        new(EventKind.NodeLost, at) { Node = node, Attempt = attempt, Text = reason };

    public static ExecutionEvent NodeInterrupted(long at, int node, int attempt, string reason) =>
        new(EventKind.NodeInterrupted, at) { Node = node, Attempt = attempt, Text = reason };

    public static ExecutionEvent NodeSleeping(long at, int node, int attempt, string reason, long dueAt) =>
        new(EventKind.NodeSleeping, at) { Node = node, Attempt = attempt, Text = reason, DueAt = dueAt };

    public static ExecutionEvent NodeHandleSaved(long at, int node, int attempt, string? handle) =>
        new(EventKind.NodeHandleSaved, at) { Node = node, Attempt = attempt, Text = handle };

    public static ExecutionEvent NodeOmitted(long at, int node, Omission omission) =>
        new(EventKind.NodeOmitted, at) { Node = node, Omission = omission };
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">Stable and dotted, such as <c>process.exit-code</c>.</param>
/// <param name="Message">For a person.</param>
internal readonly record struct Failure(string Code, string Message);
