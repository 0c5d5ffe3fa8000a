namespace Scheduler.Contracts.Nodes;

/// <summary>
/// A place on a silo where nodes run, one attempt after the other. Key: the name under which the silo owns attempts, a slash, and a
/// number; it lives there and nowhere else. The work runs beside it, and is stopped through the silo's <see cref="IRunnerGrain"/>.
/// </summary>
[Alias("scheduler/node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Begins an attempt and returns at once.</summary>
    /// <returns>False when it runs on this silo already, or nothing begins here any more: the caller keeps its slot.</returns>
    [Alias("run")]
    Task<bool> RunAsync(AttemptId attempt);
}
