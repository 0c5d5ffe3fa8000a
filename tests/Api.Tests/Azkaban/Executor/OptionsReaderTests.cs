using Scheduler.Api.Azkaban.Executor;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class OptionsReaderTests
{
    private static readonly WorkflowDefinition Flow = new()
    {
        Id = "daily",
        Nodes = [],
        SuccessEmails = ["flow-ok@x"],
        FailureEmails = ["flow-bad@x"],
    };

    [Fact]
    public void A_bare_request_has_the_defaults_and_the_addresses_of_the_flow()
    {
        var options = Read("");

        Assert.Equal(
            (FailureAction.FinishRunning, ConcurrencyOption.Skip, true, false, 5, 10, "default"),
            (options.FailureAction, options.Concurrency, options.NotifiesOnFirstFailure, options.NotifiesOnLastFailure, options.Priority,
                options.MaxParallelNodes, options.MailCreator));
        Assert.Equal(["flow-ok@x", "flow-bad@x"], options.SuccessEmails.Concat(options.FailureEmails));
    }

    [Theory]
    [InlineData("finishCurrent", FailureAction.FinishRunning)]
    [InlineData("finishPossible", FailureAction.FinishPossible)]
    [InlineData("cancelImmediately", FailureAction.CancelAll)]
    [InlineData("other", FailureAction.FinishRunning)]
    public void A_failure_action_is_known_by_name(string name, FailureAction expected) =>
        Assert.Equal(expected, Read($"failureAction={name}").FailureAction);

    [Theory]
    [InlineData("skip", ConcurrencyOption.Skip)]
    [InlineData("ignore", ConcurrencyOption.Concurrent)]
    [InlineData("concurrent", ConcurrencyOption.Concurrent)]
    [InlineData("queue", ConcurrencyOption.Concurrent)]
    [InlineData("Skip", ConcurrencyOption.Concurrent)]
    [InlineData("", ConcurrencyOption.Concurrent)]
    public void An_unknown_concurrent_option_means_beside_the_others(string name, ConcurrencyOption expected) =>
        Assert.Equal(expected, Read($"concurrentOption={name}").Concurrency);

    [Fact]
    public void A_pipeline_has_a_level_from_1_to_3()
    {
        Assert.Equal((ConcurrencyOption.Pipeline, 3), (Read("concurrentOption=pipeline&pipelineLevel=3").Concurrency,
            Read("concurrentOption=pipeline&pipelineLevel=3").PipelineLevel));
        Assert.Null(Read("concurrentOption=skip&pipelineLevel=x").PipelineLevel);
        foreach (var level in new[] { 0, 4, -1 })
            Assert.IsType<OptionsReading.Unparsable>(ReadAny($"concurrentOption=pipeline&pipelineLevel={level}", isAdmin: false));
    }

    [Fact]
    public void Addresses_of_the_request_count_only_with_their_override()
    {
        var without = Read("successEmails=a@x&failureEmails=b@x&successEmailsOverride=false");
        var with = Read("successEmails=a@x,b@x;c@x%0A+d@x,,&failureEmails=&successEmailsOverride=TRUE&failureEmailsOverride=true");

        Assert.Equal(["flow-ok@x", "flow-bad@x"], without.SuccessEmails.Concat(without.FailureEmails));
        Assert.Equal(["a@x", "b@x", "c@x", "d@x"], with.SuccessEmails);
        Assert.Empty(with.FailureEmails);
    }

    [Fact]
    public void Notifications_are_truths_with_their_own_defaults()
    {
        Assert.False(Read("notifyFailureFirst=no").NotifiesOnFirstFailure);
        Assert.True(Read("notifyFailureLast=True").NotifiesOnLastFailure);
    }

    [Fact]
    public void Parameters_are_of_the_flow_or_of_a_node()
    {
        Assert.Equal("1", Read("flowOverride[a.b]=1").Parameters["a.b"]);
        var options = Read("runtimeProperty[ROOT][a]=1&runtimeProperty[load:l1][b]=2");
        Assert.Equal(("1", "2"), (options.Parameters["a"], options.NodeParameters["load:l1"]["b"]));
        Assert.DoesNotContain("ROOT", options.NodeParameters.Keys);
    }

    [Theory]
    [InlineData("flowPriority")]
    [InlineData("useExecutor")]
    [InlineData("java.enable.debug")]
    [InlineData("enable.dev.pod")]
    [InlineData("disable.pod.cleanup")]
    [InlineData("allow.image.test.version")]
    [InlineData("azkaban.flow.execid")]
    [InlineData("azkaban.job.id")]
    [InlineData("azkaban.flow")]
    public void Reserved_parameters_are_dropped_unless_an_administrator_sends_them(string key)
    {
        var query = $"runtimeProperty[ROOT][{key}]=7&runtimeProperty[node][{key}]=7&runtimeProperty[ROOT][free]=1";

        Assert.Equal(["free"], Read(query).Parameters.Keys);
        Assert.Empty(Read(query).NodeParameters["node"]);
        Assert.Equal("7", Read(query, isAdmin: true).Parameters[key]);
    }

    [Fact]
    public void The_priority_is_for_administrators()
    {
        Assert.Equal(5, Read("flowOverride[flowPriority]=9").Priority);
        Assert.Equal(9, Read("flowOverride[flowPriority]=9", isAdmin: true).Priority);
    }

    [Theory]
    [InlineData("flowPriority", "-1")]
    [InlineData("flowPriority", "1.5")]
    [InlineData("flowPriority", "")]
    [InlineData("useExecutor", "one")]
    [InlineData("flowPriority", "99999999999")]
    public void An_administrators_numbers_are_checked(string key, string value) => Assert.Equal(
        new OptionsReading.Refused($"{key} should be an integer"), ReadAny($"flowOverride[{key}]={value}", isAdmin: true));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("10", 10)]
    [InlineData("11", 10)]
    [InlineData("0", 10)]
    [InlineData("-4", 10)]
    [InlineData("many", 10)]
    public void Parallel_nodes_may_only_be_fewer(string value, int expected) =>
        Assert.Equal(expected, Read($"flowOverride[flow.num.job.threads]={value}").MaxParallelNodes);

    [Theory]
    [InlineData("[\"a\",\"b\"]", "a b")]
    [InlineData("[{\"id\":\"sub\",\"children\":[\"x\",{\"id\":\"y\",\"children\":[\"z\"]}]}]", "sub(x y(z))")]
    [InlineData("[{\"id\":\"sub\"}]", "sub")]
    [InlineData("[{\"id\":\"sub\",\"children\":[]}]", "sub()")]
    [InlineData("[\"a\",1,null,[\"x\"],{\"name\":\"y\"},{\"id\":7}]", "a")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("\"a\"", "")]
    [InlineData("{\"id\":\"a\"}", "")]
    [InlineData("[\"a\"", "")]
    [InlineData("not json", "")]
    [InlineData("[\"\\ud800\"]", "")]
    public void Disabled_nodes_are_read_and_anything_else_ignored(string json, string expected) =>
        Assert.Equal(expected, Print(Read("disabled=" + Uri.EscapeDataString(json)).Disabled));

    [Fact]
    public void Deeply_nested_disabled_nodes_are_ignored()
    {
        var json = string.Concat(Enumerable.Repeat("[{\"id\":\"a\",\"children\":", 10_000));

        Assert.Empty(Read("disabled=" + Uri.EscapeDataString(json)).Disabled);
    }

    private static string Print(IReadOnlyList<DisabledNode> nodes) =>
        string.Join(' ', nodes.Select(node => node.Children is null ? node.Name : $"{node.Name}({Print(node.Children)})"));

    private static ExecutionOptions Read(string query, bool isAdmin = false) =>
        Assert.IsType<OptionsReading.Good>(ReadAny(query, isAdmin)).Options;

    private static OptionsReading ReadAny(string query, bool isAdmin) => OptionsReader.Read(Parameters.Parse(query), Flow, isAdmin);
}
