namespace Scheduler.Contracts.Nodes;

/// <summary>
/// One attempt at one node, on the silo whose slot it takes. Key: the execution id, extended by <c>node.number</c>. It is the
/// identity that makes starting idempotent; the work itself runs beside it, and is stopped through the silo's <see cref="IRunnerGrain"/>.
/// </summary>
[Alias("scheduler/node")]
public interface INodeGrain : IGrainWithIntegerCompoundKey
{
    /// <summary>Runs the attempt on the calling silo.</summary>
    /// <param name="silo">The caller; the attempt is accepted only there.</param>
    /// <returns>False when it runs or ran already, or this is another silo: the caller keeps its slot.</returns>
    [Alias("start")]
    Task<bool> StartAsync(string silo);
}
