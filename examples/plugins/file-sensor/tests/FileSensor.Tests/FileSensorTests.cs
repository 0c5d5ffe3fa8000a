using Scheduler.Conformance;
using Scheduler.Contracts.Plugins;

namespace FileSensor.Tests;

public sealed class FileSensorTests
{
    [Theory]
    [InlineData("min.bytes", "6", "has 5 of at least 6 bytes")]
    [InlineData("quiet.for", "1d", "is being written")]
    public async Task A_file_that_is_not_complete_is_waited_for(string key, string value, string reason)
    {
        using var folder = new PackageFolder();
        using var context = new ConformanceContext(("path", folder.Write("orders.csv", "12345")), (key, value), ("check.every", "7"));

        var waiting = Assert.IsType<NodeResult.Waiting>(await new FileSensorPlugin().RunAsync(context, CancellationToken.None));

        Assert.EndsWith(reason, waiting.Reason, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(7), waiting.CheckAfter);
    }
}
