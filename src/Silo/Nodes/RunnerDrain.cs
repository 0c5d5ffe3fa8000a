using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Empties this silo before it stops, while its executions can still be told: takes no new work, lets short jobs end, gives the rest
/// back. Register it behind whatever kills leftover jobs: hosted services stop in reverse order.
/// </summary>
internal sealed partial class RunnerDrain(
    NodeRunner runner, SlotPool slots, IGrainFactory grains, SiloIdentity silo, IOptions<EngineOptions> options, TimeProvider clock,
    ILogger<RunnerDrain> log) : IHostedService
{
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task? draining;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A host that is stopped without a drain gives back at once what runs.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => DrainAsync(TimeSpan.Zero).WaitAsync(cancellationToken);

    /// <summary>Drains, or waits for the drain that has begun. Never throws.</summary>
    /// <param name="grace">How long jobs may still run.</param>
    public Task DrainAsync(TimeSpan grace)
    {
        lock (gate) return draining ??= DrainOnceAsync(grace);
    }

    private async Task DrainOnceAsync(TimeSpan grace)
    {
        slots.Close();
        if (runner.Count > 0) LogDraining(runner.Count, grace.TotalSeconds);
        try
        {
            var leaving = runner.LeaveAsync(grace);
            await Task.WhenAll(slots.Groups.Select(LeaveQueueAsync));
            await leaving.WaitAsync(grace + options.Value.StopGrace, clock);
        }
        catch (TimeoutException)
        {
            LogLeftBehind(runner.Count);
        }
    }

    /// <summary>What the queue hands out meanwhile goes back to it; if it cannot be told, executions offer again what nobody claims.</summary>
    private async Task LeaveQueueAsync(string group)
    {
        try
        {
            await grains.GetGrain<IDispatchQueueGrain>(group).LeaveAsync(silo.Owner).WaitAsync(QueuePatience, clock);
        }
        catch (Exception exception)
        {
            LogQueueNotTold(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Stopping: {Count} jobs have {Seconds} s to end, then they are interrupted and run again elsewhere")]
    private partial void LogDraining(int count, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Count} attempts did not end in time for the stop of this silo; they count as lost")]
    private partial void LogLeftBehind(int count);

    [LoggerMessage(LogLevel.Warning, "The dispatch queue does not know that this silo takes nothing any more: {Reason}")]
    private partial void LogQueueNotTold(string reason);
}
