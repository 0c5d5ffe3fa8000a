using Orleans.Concurrency;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes;

/// <summary>Lets executions on other silos see and stop what the <see cref="NodeRunner"/> of this one runs.</summary>
[OnNamedSilo, Reentrant]
internal sealed class RunnerGrain(NodeRunner runner) : Grain, IRunnerGrain
{
    public Task<IReadOnlyList<AttemptId>> ListAsync(long executionId) => Task.FromResult(runner.Of(executionId));

    public Task<bool> CancelAsync(AttemptId attempt) => Task.FromResult(runner.TryCancel(attempt));
}
