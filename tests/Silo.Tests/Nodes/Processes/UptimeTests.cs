using System.Globalization;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Tests.Nodes.Processes;

public sealed class UptimeTests
{
    [Fact]
    public void The_reaper_reads_the_same_clock_in_a_file()
    {
        var before = Uptime.Read();
        var shown = decimal.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture) * Uptime.PerSecond;
        var after = Uptime.Read();

        Assert.InRange(shown, before, after);
    }
}
