using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Storage.Quotas;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// Frees permits that were not given back because a process ended in between: those of executions that have ended, and those that an
/// execution says it needs no more. Every silo asks its share of the executions.
/// </summary>
internal sealed partial class PermitSweep(
    PermitStore store, IGrainFactory grains, LivingSilos silos, SiloIdentity silo, IOptions<EngineOptions> options, TimeProvider clock,
    ILogger<PermitSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PermitSweepDelay, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogSweepFailed(exception.Message);
                }
            }
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Young ones are most likely in use; asking about them would be a waste, though no mistake.
        var holders = await store.ListHoldersAsync(clock.GetUtcNow() - options.Value.PermitSweepDelay, cancellationToken);
        if (holders.Count == 0) return;

        if (await store.ReturnOfEndedAsync(cancellationToken) is > 0 and var freed) LogFreed(freed);

        var living = silos.Owners.ToList();
        foreach (var execution in holders.GroupBy(attempt => attempt.ExecutionId))
            if (execution.Key % living.Count == living.IndexOf(silo.Owner))
                await AskAsync(execution.Key, [.. execution]);
    }

    private async Task AskAsync(long executionId, IReadOnlyList<AttemptId> held)
    {
        try
        {
            await grains.GetGrain<IWorkflowInstanceGrain>(executionId).ReturnPermitsAsync(held);
        }
        catch (Exception exception)
        {
            LogNotAsked(executionId, exception.Message);
        }
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "Freed {Count} permits of executions that have ended")]
    private partial void LogFreed(int count);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Looking for forgotten permits failed; the next sweep looks again: {Reason}")]
    private partial void LogSweepFailed(string reason);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "Execution {ExecutionId} could not be asked about its permits; the next sweep asks again: {Reason}")]
    private partial void LogNotAsked(long executionId, string reason);
}
