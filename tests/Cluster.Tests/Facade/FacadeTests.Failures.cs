using System.Text.Json.Nodes;

namespace Scheduler.Cluster.Tests.Facade;

/// <content>What happens when nodes fail, and when executions of one workflow meet.</content>
public abstract partial class FacadeTests
{
    [Theory]
    [InlineData("finishCurrent", "FAILED, bad FAILED, good SUCCEEDED, afterGood CANCELLED, afterBad CANCELLED")]
    [InlineData("finishPossible", "FAILED, bad FAILED, good SUCCEEDED, afterGood SUCCEEDED, afterBad CANCELLED")]
    [InlineData("cancelImmediately", "KILLED, bad FAILED, good KILLED, afterGood CANCELLED, afterBad CANCELLED")]
    public async Task A_failed_node_has_the_consequences_that_were_asked_for(string action, string expected)
    {
        var execution = await RunAsync(
            Package.Of(
                Package.Node("bad", $"sh -c 'sh wait.sh {PathOf("fail")}; exit 3'"),
                Package.Node("good", WaitFor("go")),
                Package.Node("afterGood", "true", after: "good"),
                Package.Node("afterBad", "true", after: "bad")),
            ("failureAction", action));
        await UntilAsync(execution, "bad RUNNING, good RUNNING");

        Open("fail");
        await UntilAsync(execution, "bad FAILED");
        if (action != "cancelImmediately") Open("go");

        AssertIs(expected, await EndAsync(execution));
    }

    [Fact]
    public async Task Every_attempt_is_told_and_has_its_own_log()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("flaky", $"sh flaky.sh {PathOf("tries")} 3", settings: "retries: 2, retry.backoff: 50,"),
            Package.Node("after", "true", after: "flaky")));

        var ended = await EndAsync(execution);

        AssertIs("SUCCEEDED, flaky SUCCEEDED, after SUCCEEDED", ended);
        var node = NodeOf(ended, "flaky");
        Assert.Equal(2, (int)node["attempt"]!);
        Assert.Equal(["0 FAILED", "1 FAILED"], node["pastAttempts"]!.AsArray().Select(past => $"{past!["attempt"]} {past["status"]}"));
        Assert.True((long)node["pastAttempts"]![1]!["endTime"]! + 50 <= (long)node["startTime"]!);
        Assert.Contains("this is try 3", await Client.ReadLogAsync(execution, "flaky"), StringComparison.Ordinal);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var log = (string)(await ReadLogAsync(execution, "flaky", 0, 100_000, ("attempt", $"{attempt}")))["data"]!;
            Assert.Contains($"this is try {attempt + 1}", log, StringComparison.Ordinal);
            Assert.Single(log.Split("this is try")[1..]);
        }
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_stopped_and_followed_by_another_as_often_as_the_order_says()
    {
        var execution = await RunAsync(
            Package.Of(Package.Node("a", "sleep 600", settings: "job.timeout: 1s,"), Package.Node("after", "true", after: "a")),
            ("flowOverride[job.timeout.retries]", "1"));

        var ended = await EndAsync(execution);

        AssertIs("FAILED, a FAILED, after CANCELLED", ended);
        Assert.Equal("0 FAILED", Assert.Single(NodeOf(ended, "a")["pastAttempts"]!.AsArray().Select(past => $"{past!["attempt"]} {past["status"]}")));
        Assert.True((long)NodeOf(ended, "a")["endTime"]! - (long)NodeOf(ended, "a")["startTime"]! >= 1_000);
    }

    [Fact]
    public async Task A_second_execution_is_refused_unless_it_may_run_beside_the_first()
    {
        var first = await RunAsync(Package.Of(Package.Node("a", WaitFor("go"))));

        var refused = await Client.GetAsync("executor", ("ajax", "executeFlow"), ("project", project), ("flow", "flow"));
        Assert.Contains("already running", (string?)refused["error"], StringComparison.Ordinal);
        var second = await Client.ExecuteAsync(project, "flow", ("concurrentOption", "ignore"));

        var running = await Client.GetAsync("executor", ("ajax", "getRunning"), ("project", project), ("flow", "flow"));
        Assert.Equal([first, second], running["execIds"]!.AsArray().Select(id => (int)id!).Order());
        Open("go");
        AssertIs("SUCCEEDED, a SUCCEEDED", await EndAsync(first));
        AssertIs("SUCCEEDED, a SUCCEEDED", await EndAsync(second));
        Assert.Equal("SUCCEEDED", (string?)(await EndAsync(await Client.ExecuteAsync(project, "flow")))["status"]);
    }

    [Fact]
    public async Task At_pipeline_level_1_each_node_waits_for_the_same_node_ahead()
    {
        var ahead = await RunAsync(Package.Of(Package.Node("a", "${a}"), Package.Node("b", "${b}", after: "a")), GatesAhead());
        var behind = await FollowAsync(level: 1);

        await UntilAsync(ahead, "a RUNNING");
        await UntilAsync(behind, "a QUEUED, b READY");
        Open("a");
        await UntilAsync(ahead, "b RUNNING");
        await UntilAsync(behind, "a SUCCEEDED, b QUEUED");
        Open("b");

        var (first, second) = (await EndAsync(ahead), await EndAsync(behind));
        Assert.Equal("SUCCEEDED", (string?)second["status"]);
        foreach (var node in new[] { "a", "b" }) AssertFollows(NodeOf(second, node), NodeOf(first, node));
    }

    [Fact]
    public async Task At_pipeline_level_3_nothing_starts_before_the_execution_ahead_has_ended()
    {
        var ahead = await RunAsync(Package.Of(Package.Node("a", "${a}"), Package.Node("b", "${b}", after: "a")), GatesAhead());
        var behind = await FollowAsync(level: 3);

        Open("a");
        await UntilAsync(ahead, "a SUCCEEDED, b RUNNING");
        await UntilAsync(behind, "a QUEUED, b READY");
        Open("b");

        var (first, second) = (await EndAsync(ahead), await EndAsync(behind));
        Assert.Equal("SUCCEEDED", (string?)second["status"]);
        AssertFollows(NodeOf(second, "a"), first);
    }

    private (string, string)[] GatesAhead() => [("flowOverride[a]", WaitFor("a")), ("flowOverride[b]", WaitFor("b"))];

    private Task<int> FollowAsync(int level) => Client.ExecuteAsync(
        project, "flow", ("concurrentOption", "pipeline"), ("pipelineLevel", $"{level}"),
        ("flowOverride[a]", "true"), ("flowOverride[b]", "true"));

    private static void AssertFollows(JsonObject second, JsonObject first) =>
        Assert.True((long)first["endTime"]! <= (long)second["startTime"]!, $"{second} does not follow {first}");
}
