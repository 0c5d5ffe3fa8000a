using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

public sealed class NodeSettingsTests
{
    [Fact]
    public void Nothing_written_means_no_retries_and_no_remark()
    {
        Assert.Equal(NodeSettings.Default, GraphText.Compile("a")[0].Settings);
    }

    [Fact]
    public void Back_off_is_in_milliseconds()
    {
        var settings = GraphText.Compile("a(retries=2; backoff=1500)")[0].Settings;

        Assert.Equal(new NodeSettings(2, TimeSpan.FromSeconds(1.5), false, null), settings);
    }

    [Theory]
    [InlineData("abc", 0, "retries=abc is not a number; 0 is used")]
    [InlineData("1e9", 0, "retries=1e9 is not a number; 0 is used")]
    [InlineData("NaN", 0, "retries=NaN is not a number; 0 is used")]
    [InlineData("${n}", 0, "retries=${n} is not a number; 0 is used")]
    [InlineData("-1", 0, "retries=-1 is negative; 0 is used")]
    [InlineData("2147483648", 10_000, "retries=2147483648 is too large; 10000 is used")]
    [InlineData("99999999999999999999", 0, "retries=99999999999999999999 is not a number; 0 is used")]
    [InlineData(" 3 ", 3, null)]
    [InlineData("", 0, null)]
    public void Nonsense_is_replaced_and_remarked(string text, int retries, string? remark)
    {
        var settings = NodeSettings.Parse(SettingTexts.None with { Retries = text });

        Assert.Equal((retries, remark), (settings.Retries, settings.Remark));
    }

    [Fact]
    public void Both_values_may_be_nonsense()
    {
        var settings = NodeSettings.Parse(new SettingTexts("x", "-5", "maybe"));

        Assert.Equal("retries=x is not a number; 0 is used; retry.backoff=-5 is negative; 0 is used", settings.Remark);
        Assert.False(settings.ToleratesFailure);
    }

    [Fact]
    public void A_time_out_has_a_unit_and_tries_of_its_own()
    {
        var settings = GraphText.Compile("a(job.timeout=30m; job.timeout.retries=2)")[0].Settings;

        Assert.Equal((TimeSpan.FromMinutes(30), 2, 0), (settings.Timeout, settings.TimeoutRetries, settings.Retries));
    }

    [Fact]
    public void The_nearest_layer_wins_own_then_enclosing_then_workflow_then_shared()
    {
        var workflow = new Dictionary<string, string> { ["retries"] = "1", ["retry.backoff"] = "10" };
        var package = GraphText.Package("a, b(retries=2), box{x, y(retries=4)}(retries=3)", workflow);
        var shared = new Dictionary<string, string> { ["retries"] = "9", ["job.succeed.on.failure"] = "TRUE" };
        package = package with
        {
            SharedProperties = [shared],
            Workflows = [.. package.Workflows.Select(flow => flow with { Nodes = [.. flow.Nodes.Select(Sharing)] })],
        };

        var graph = Assert.IsType<GraphCompilation.Compiled>(GraphCompiler.Compile(package, GraphText.Workflow, 10)).Graph;
        NodeSettings At(string path) => graph[graph.Find(path)!.Value].Settings;
        static NodeDefinition Sharing(NodeDefinition node) => node with { SharedProperties = 0 };

        Assert.Equal(new NodeSettings(1, TimeSpan.FromMilliseconds(10), true, null), At("a"));
        Assert.Equal(2, At("b").Retries);
        Assert.Equal(3, At("box:x").Retries);
        Assert.Equal(4, At("box:y").Retries);
        Assert.Equal(TimeSpan.FromMilliseconds(10), At("box:y").RetryDelay);
    }
}
