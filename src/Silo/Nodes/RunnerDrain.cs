using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Gives back what runs here when the silo is stopped, while its executions can still be told. Register it behind whatever kills
/// leftover jobs and in front of whatever takes new work: hosted services stop in reverse order.
/// </summary>
internal sealed partial class RunnerDrain(NodeRunner runner, TimeProvider clock, ILogger<RunnerDrain> log) : IHostedService
{
    /// <summary>A third of what a host has by default for its whole end; what is left then is killed and found lost by others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await runner.LeaveAsync().WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogLeftBehind(runner.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} attempts did not end in time for the stop of this silo; they count as lost")]
    private partial void LogLeftBehind(int count);
}
