using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>What this silo's attempts say to their executions; of one execution, what is said at the same time goes together.</summary>
internal sealed class AttemptCalls
{
    private readonly GatheredCalls<long, AttemptId, NodeWork?> claims;
    private readonly GatheredCalls<long, EndedAttempt, bool> ends;

    public AttemptCalls(GrainAddresses addresses, SiloIdentity silo)
    {
        claims = new((execution, attempts) => addresses.InstanceOf(execution).ClaimAsync(attempts, silo.Owner));
        ends = new(async (execution, ended) =>
        {
            await addresses.InstanceOf(execution).AttemptsEndedAsync(ended, silo.Owner);
            return new bool[ended.Count];
        });
    }

    /// <summary>What the attempt needs to run; null when it is not wanted.</summary>
    public Task<NodeWork?> ClaimAsync(AttemptId attempt) => claims.CallAsync(attempt.ExecutionId, attempt);

    /// <summary>Completes when the end is stored.</summary>
    public Task EndedAsync(AttemptId attempt, AttemptResult result) =>
        ends.CallAsync(attempt.ExecutionId, new EndedAttempt(attempt, result));
}
