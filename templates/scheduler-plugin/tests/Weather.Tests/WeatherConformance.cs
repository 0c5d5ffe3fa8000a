using Scheduler.Conformance;
using Scheduler.Contracts.Plugins;

namespace Weather.Tests;

public sealed class WeatherConformance : PluginConformance
{
    protected override ConformanceCase Success => new()
    {
        Properties = { ["file"] = "data/orders.csv" },
        Files = { ["data/orders.csv"] = "1\n2\n3\n" },
        Outputs = { ["lines"] = "3" },
    };

    protected override ConformanceCase Failure => new() { Properties = { ["file"] = "nowhere" }, Code = "weather.no-file" };

    protected override ConformanceCase LongRun => new()
    {
        Properties = { ["file"] = "orders.csv", ["pause"] = "1h" },
        Files = { ["orders.csv"] = "1\n" },
    };

    protected override INodePlugin CreatePlugin() => new WeatherPlugin();
}
