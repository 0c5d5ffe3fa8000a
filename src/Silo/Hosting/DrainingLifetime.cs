using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// Ends the process on SIGTERM or SIGINT: not ready at once, then the drain while HTTP still answers, then the stop of the host. A
/// second signal ends it at once; jobs are then killed with it, and other silos find out. A process that runs no jobs has no drain.
/// </summary>
internal sealed partial class DrainingLifetime(
    Readiness readiness, IHostApplicationLifetime host, IOptions<EngineOptions> options, ILogger<DrainingLifetime> log, RunnerDrain? drain = null)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private int received;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref received) == 1;
        if (!context.Cancel)
        {
            LogAtOnce();
            return;
        }

        readiness.IsDraining = true;
        _ = StopAsync();
    }

    private async Task StopAsync()
    {
        if (drain is not null) await drain.DrainAsync(options.Value.DrainGrace);
        host.StopApplication();
    }

    [LoggerMessage(LogLevel.Warning, "Told to stop a second time: stopping at once")]
    private partial void LogAtOnce();
}
