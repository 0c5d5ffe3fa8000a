using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>Carries out what an execution has decided and stored.</summary>
internal interface IExecutionCommands
{
    /// <summary>Resolves a control node, at once.</summary>
    AttemptResult RunControl(int node, int attempt);

    /// <summary>Starts whatever the other commands ask for, and returns without waiting for it. The list is reused afterwards.</summary>
    void CarryOut(IReadOnlyList<ExecutionCommand> commands);
}
