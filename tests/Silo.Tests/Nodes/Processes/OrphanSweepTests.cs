using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Tests.Nodes.Processes;

public sealed class OrphanSweepTests
{
    private static readonly SiloMarker Own = SiloMarker.ForThisProcess();

    [Fact]
    public async Task It_kills_jobs_of_silos_that_are_gone_and_nobody_else()
    {
        using var orphan = Job((Own with { StartedAt = 1 }).ToString());
        using var living = Job(Own.ToString());
        using var contained = Job((Own with { PidNamespace = "1", StartedAt = 1 }).ToString());
        using var foreign = Job("of another program");

        await new OrphanSweep(TimeProvider.System, NullLogger<OrphanSweep>.Instance).StartAsync(CancellationToken.None);

        await orphan.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.All([living, contained, foreign], job => Assert.False(job.HasExited));
        foreach (var job in (Process[])[living, contained, foreign]) job.Kill();
    }

    private static Process Job(string marker) => Process.Start(new ProcessStartInfo("sleep", "1000")
    {
        Environment = { [SiloMarker.Variable] = marker },
    })!;
}
