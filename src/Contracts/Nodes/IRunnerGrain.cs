namespace Scheduler.Contracts.Nodes;

/// <summary>The attempts that run on one silo. Key: the name under which that silo owns attempts; it lives there and nowhere else.</summary>
/// <remarks>A call fails when that silo is gone, and never reaches another one.</remarks>
[Alias("scheduler/runner")]
public interface IRunnerGrain : IGrainWithStringKey
{
    /// <summary>Attempts of an execution that have begun here and whose end it has not acknowledged.</summary>
    [Alias("list")]
    Task<IReadOnlyList<AttemptId>> ListAsync(long executionId);

    /// <summary>Asks an attempt to stop; its end is reported to the execution as usual.</summary>
    /// <returns>False when nothing of it runs here.</returns>
    [Alias("cancel")]
    Task<bool> CancelAsync(AttemptId attempt);
}
