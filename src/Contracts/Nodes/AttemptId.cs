namespace Scheduler.Contracts.Nodes;

/// <summary>One try at one node of one execution.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Node">Position of the node in the execution's graph, counted from 0; stable for the life of the execution.</param>
/// <param name="Number">Counted from 1 within the node.</param>
[GenerateSerializer, Immutable, Alias("scheduler/attempt-id")]
public readonly record struct AttemptId(long ExecutionId, int Node, int Number)
{
    /// <summary><c>execution.node.number</c>, as in process markers, log keys and grain keys.</summary>
    public override string ToString() => $"{ExecutionId}.{Node}.{Number}";
}
