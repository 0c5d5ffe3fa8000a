using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>What the outside world tells an execution. Every one may be repeated or come late; then it changes nothing.</summary>
internal abstract record ExecutionInput
{
    private ExecutionInput() { }

    /// <summary>It is stored and may begin.</summary>
    internal sealed record Start : ExecutionInput;

    /// <summary>A silo has taken it over after another one.</summary>
    /// <param name="Owner">Name of the silo.</param>
    internal sealed record Adopted(string Owner) : ExecutionInput;

    /// <summary>A runner says that the attempt really runs.</summary>
    internal sealed record NodeStarted(int Node, int Attempt, int Call = 0) : ExecutionInput;

    /// <summary>How a call of an attempt ended, a lost one included.</summary>
    internal sealed record NodeEnded(int Node, int Attempt, AttemptResult Result, int Call = 0) : ExecutionInput;

    /// <summary>An attempt says how its work that goes on elsewhere is found again.</summary>
    internal sealed record HandleSaved(int Node, int Attempt, string? Handle, int Call = 0) : ExecutionInput;

    internal sealed record Cancel(string User) : ExecutionInput;

    internal sealed record Pause(string User) : ExecutionInput;

    internal sealed record Resume(string User) : ExecutionInput;

    internal sealed record RetryFailed(string User) : ExecutionInput;

    /// <summary>The time of an <see cref="ExecutionCommand.WakeAt"/> has come.</summary>
    internal sealed record TimerDue : ExecutionInput;

    /// <summary>The execution ahead of a pipelined one no longer holds this node.</summary>
    internal sealed record GateOpened(int Node) : ExecutionInput;
}
