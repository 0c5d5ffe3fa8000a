namespace Scheduler.Contracts.Nodes;

/// <summary>One try at one node of one execution.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Node">Position of the node in the execution's graph, counted from 0; stable for the life of the execution.</param>
/// <param name="Number">Counted from 1 within the node.</param>
[GenerateSerializer, Immutable, Alias("scheduler/attempt-id")]
public readonly record struct AttemptId(long ExecutionId, int Node, int Number)
{
    /// <summary>
    /// How often the attempt has slept before, counted from 0: one that waits is called again, and what an earlier call says late must not
    /// count.
    /// </summary>
    [Id(0)] public int Call { get; init; }

    /// <summary>The attempt as a whole, for what outlives its calls.</summary>
    public AttemptId AnyCall => this with { Call = 0 };

    /// <summary><c>execution.node.number</c>, as in process markers, log keys and grain keys.</summary>
    public override string ToString() => $"{ExecutionId}.{Node}.{Number}";
}
