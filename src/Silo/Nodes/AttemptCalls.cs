using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>What this silo's attempts say to their executions; of one execution, what is said at the same time goes together.</summary>
internal sealed partial class AttemptCalls
{
    private static readonly TimeSpan RepeatDelay = TimeSpan.FromSeconds(1);

    /// <summary>A call that was passed on to a silo that had frozen gets no answer.</summary>
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(10);

    private readonly GrainAddresses addresses;
    private readonly string owner;
    private readonly TimeProvider clock;
    private readonly ILogger<AttemptCalls> log;
    private readonly GatheredCalls<long, AttemptId, NodeWork?> claims;
    private readonly GatheredCalls<long, EndedAttempt, bool> ends;

    public AttemptCalls(GrainAddresses addresses, SiloIdentity silo, TimeProvider clock, ILogger<AttemptCalls> log)
    {
        (this.addresses, owner, this.clock, this.log) = (addresses, silo.Owner, clock, log);
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

    /// <summary>Completes when the handle is stored, however long the execution is moving or the database away.</summary>
    /// <returns>False when the attempt is not wanted any more.</returns>
    public async Task<bool> SaveHandleAsync(AttemptId attempt, string? handle, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var call = addresses.InstanceOf(attempt.ExecutionId).SaveHandleAsync(attempt, handle, owner);
                return await call.WaitAsync(CallPatience, clock, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotSaved(attempt, exception.Message);
            }

            await Task.Delay(RepeatDelay, clock, cancellationToken);
        }
    }

    /// <summary>Sends it and forgets it.</summary>
    public void Report(AttemptId attempt, NodeProgress progress) =>
        addresses.InstanceOf(attempt.ExecutionId).ReportAsync(attempt, progress, owner).Ignore();

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "The handle of attempt {Attempt} is not saved yet; trying again: {Reason}")]
    private partial void LogNotSaved(AttemptId attempt, string reason);
}
