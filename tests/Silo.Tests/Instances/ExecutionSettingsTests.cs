using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>An order may say what the engine obeys, in the layers in which a job gets its properties.</summary>
public sealed class ExecutionSettingsTests
{
    private static readonly ExecutionGraph Graph = GraphText.Compile(
        "a, b(retries=2), box{x, y(retries=3)}(retry.backoff=20)",
        new Dictionary<string, string> { ["retries"] = "1", ["job.timeout"] = "5m" });

    [Fact]
    public void An_order_that_says_nothing_leaves_what_the_package_says()
    {
        var settings = Of(new ExecutionOptions { Parameters = new Dictionary<string, string> { ["day"] = "monday" } });

        for (var node = 0; node < Graph.Count; node++) Assert.Same(Graph[node].Settings, settings[node]);
    }

    [Fact]
    public void A_parameter_outranks_the_workflow_and_not_what_a_node_writes_itself()
    {
        var settings = Of(new ExecutionOptions { Parameters = new Dictionary<string, string> { ["retries"] = "7", ["retry.backoff"] = "70" } });

        Assert.Equal((7, 70), RetriesOf(settings, "a"));
        Assert.Equal((2, 70), RetriesOf(settings, "b"));
        Assert.Equal((7, 20), RetriesOf(settings, "box:x"));
        Assert.Equal(TimeSpan.FromMinutes(5), settings[At("a")].Timeout);
    }

    [Fact]
    public void A_parameter_for_one_node_outranks_what_it_writes_and_one_for_a_box_is_handed_on()
    {
        var settings = Of(new ExecutionOptions
        {
            NodeParameters = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["b"] = new Dictionary<string, string> { ["retries"] = "8" },
                ["box"] = new Dictionary<string, string> { ["retries"] = "9", ["retry.backoff"] = "90", ["job.timeout"] = "none" },
                ["nowhere"] = new Dictionary<string, string> { ["retries"] = "10" },
            },
        });

        Assert.Equal((1, 0), RetriesOf(settings, "a"));
        Assert.Equal((8, 0), RetriesOf(settings, "b"));
        Assert.Equal((9, 90), RetriesOf(settings, "box:x"));
        Assert.Equal((3, 90), RetriesOf(settings, "box:y"));
        Assert.Equal(TimeSpan.Zero, settings[At("box:y")].Timeout);
    }

    [Fact]
    public void Silent_boxes_change_nothing_of_what_the_compiler_makes_of_the_layers()
    {
        var settings = Of(new ExecutionOptions { Parameters = new Dictionary<string, string> { ["job.timeout.retries"] = "0" } });

        for (var node = 0; node < Graph.Count; node++) Assert.Equal(Graph[node].Settings, settings[node]);
    }

    [Fact]
    public void A_time_out_nobody_can_read_is_a_fault_of_the_order()
    {
        Assert.Equal(
            "flow.timeout=2hours is not a time from 1s to 30d, such as 90s, 30m or 2h, or none",
            ExecutionSettings.FaultOf(Instance.Within("2hours")));
        Assert.Null(ExecutionSettings.FaultOf(Instance.Within("2h")));
    }

    private static ExecutionSettings Of(ExecutionOptions options) => ExecutionSettings.Of(Graph, options, TimeSpan.Zero);

    private static int At(string path) => Graph.Find(path)!.Value;

    private static (int Retries, int Delay) RetriesOf(ExecutionSettings settings, string path) =>
        (settings[At(path)].Retries, (int)settings[At(path)].RetryDelay.TotalMilliseconds);
}
