using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Plugins.Processes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// Once, before this silo takes work: kills jobs on this host whose silo is gone, in case its reaper was killed with it. Their
/// attempts are recorded as lost and tried again, and no two of them may run at once.
/// </summary>
internal sealed partial class OrphanSweep(TimeProvider clock, ILogger<OrphanSweep> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var orphans = ProcessTable.Find(IsOrphan);
        if (orphans.Count == 0) return;

        LogFound(orphans.Count);
        await ProcessSweep.KillAsync(IsOrphan, clock).WaitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsOrphan(ReadOnlySpan<byte> environment) =>
        EnvironmentBlock.TryFind(environment, SiloMarker.VariableAndSign, out var value)
        && SiloMarker.Parse(Encoding.UTF8.GetString(value)) is { } silo
        && silo.IsCertainlyGone();
}
