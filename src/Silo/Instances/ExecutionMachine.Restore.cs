using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Instances;

/// <content>Coming back from the store.</content>
internal sealed partial class ExecutionMachine
{
    /// <summary>
    /// The machine as it was after the last of the rows. It issues no commands: <see cref="Outstanding"/> says what was under way.
    /// </summary>
    /// <param name="graph">The same graph.</param>
    /// <param name="options">The same options.</param>
    /// <param name="snapshot">Empty when there is none.</param>
    /// <param name="rows">Rows behind the snapshot, in order.</param>
    /// <param name="lostBudget">As for a new execution.</param>
    /// <param name="closedGates">Gates that are closed now.</param>
    /// <param name="defaultTimeout">As for a new execution.</param>
    /// <exception cref="ExecutionFormatException">The stored bytes cannot be read.</exception>
    public static ExecutionMachine Restore(
        ExecutionGraph graph, ExecutionOptions options, ReadOnlyMemory<byte> snapshot, IEnumerable<ReadOnlyMemory<byte>> rows,
        int lostBudget = DefaultLostBudget, IEnumerable<int>? closedGates = null, TimeSpan defaultTimeout = default)
    {
        var machine = new ExecutionMachine(graph, options, lostBudget, closedGates, defaultTimeout);
        if (!snapshot.IsEmpty) ExecutionCodec.DecodeSnapshot(snapshot.Span, machine.state);
        foreach (var row in rows)
            foreach (var happened in ExecutionCodec.DecodeRow(row.Span))
                machine.state.Fold(happened);

        for (var node = 0; node < graph.Count; node++) machine.deadlines.Watch(node);
        return machine;
    }
}
