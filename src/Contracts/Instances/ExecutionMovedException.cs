namespace Scheduler.Contracts.Instances;

/// <summary>The execution is being taken over by another activation. Nothing was acknowledged; the call may be repeated at once.</summary>
[GenerateSerializer, Alias("scheduler/execution-moved")]
public sealed class ExecutionMovedException : Exception
{
    public ExecutionMovedException() { }

    public ExecutionMovedException(string message) : base(message) { }

    public ExecutionMovedException(string message, Exception inner) : base(message, inner) { }
}
