using Scheduler.Conformance;
using Scheduler.Contracts.Plugins;

namespace FileSensor.Tests;

public sealed class FileSensorConformance : PluginConformance, IDisposable
{
    private readonly PackageFolder _folder = new();

    protected override ConformanceCase Success => new()
    {
        Properties = { ["path"] = _folder.Write("orders.csv", "12345"), ["quiet.for"] = "0" },
        Outputs = { ["file.bytes"] = "5", ["file.modified.at"] = null },
    };

    protected override ConformanceCase Failure => new() { Properties = { ["path"] = _folder.Path }, Code = "file-sensor.is-folder" };

    protected override ConformanceCase? LongRun => null;

    protected override ConformanceCase Waits => new() { Properties = { ["path"] = "/nowhere/orders.csv" } };

    protected override INodePlugin CreatePlugin() => new FileSensorPlugin();

    public void Dispose() => _folder.Dispose();
}
