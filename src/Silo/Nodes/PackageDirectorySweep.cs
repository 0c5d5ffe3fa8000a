using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Nodes;

/// <summary>Removes the package copies of executions that have ended, those left behind by a crash included.</summary>
internal sealed partial class PackageDirectorySweep(
    PackageDirectories directories, NodeRunner runner, IJournal journal, IOptions<EngineOptions> options, TimeProvider clock,
    ILogger<PackageDirectorySweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.DirectorySweepDelay, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                foreach (var executionId in directories.List())
                    await RemoveIfEndedAsync(executionId, stoppingToken);
        }
        catch (OperationCanceledException) { /* the host stops */ }
    }

    private async Task RemoveIfEndedAsync(long executionId, CancellationToken cancellationToken)
    {
        try
        {
            if (runner.IsBusyWith(executionId)) return;
            if (await journal.FindAsync(executionId, cancellationToken) is { } summary && !summary.Status.IsTerminal()) return;

            directories.Remove(executionId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotRemoved(exception, executionId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The package copy of execution {ExecutionId} could not be removed; the next sweep tries again")]
    private partial void LogNotRemoved(Exception exception, long executionId);
}
