using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Scheduler.Cluster.Tests.Facade;

/// <content>Workflows that run to their end, their logs and their parameters.</content>
public abstract partial class FacadeTests
{
    [Fact]
    public async Task A_workflow_runs_from_its_upload_to_its_end()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("extract", "echo extracted"),
            Package.Embedded("load", "extract", Package.Node("l1", "echo one"), Package.Node("l2", "echo two", after: "l1")),
            Package.Node("report", "echo reported", after: "load")));

        var ended = await EndAsync(execution);

        AssertIs(
            "SUCCEEDED, extract SUCCEEDED, load SUCCEEDED, load:l1 SUCCEEDED, load:l2 SUCCEEDED, report SUCCEEDED", ended);
        Assert.True((long)ended["startTime"]! <= (long)NodeOf(ended, "extract")["startTime"]!);
        Assert.True((long)NodeOf(ended, "load:l1")["endTime"]! <= (long)NodeOf(ended, "load:l2")["startTime"]!);
        Assert.Contains("two", await Client.ReadLogAsync(execution, "load:l2"), StringComparison.Ordinal);
        Assert.Equal($"Job l2 doesn't exist in {execution}", (string?)(await ReadLogAsync(execution, "l2", 0, 100))["error"]);
    }

    [Fact]
    public async Task A_log_is_paged_by_bytes_without_splitting_a_character()
    {
        const string text = "数据 naïve ½ 🚀 <b>&amp;'quoted'</b>";
        await Client.UploadAsync(project, Testing.Zip.Of(
            ("flow.job", "type=command\ncommand=cat text.txt\n"), ("text.txt", string.Concat(Enumerable.Repeat($"{text}\n", 20)))));
        var execution = await Client.ExecuteAsync(project, "flow");
        await EndAsync(execution);

        var (paged, offset) = (new StringBuilder(), 0L);
        while (true)
        {
            var piece = await ReadLogAsync(execution, "flow", offset, 37);
            if ((int)piece["length"]! == 0) break;

            Assert.Equal(offset, (long)piece["offset"]!);
            var data = WebUtility.HtmlDecode((string)piece["data"]!);
            Assert.Equal((int)piece["length"]!, Encoding.UTF8.GetByteCount(data));
            paged.Append(data);
            offset += (int)piece["length"]!;
        }

        var whole = WebUtility.HtmlDecode(await Client.ReadLogAsync(execution, "flow"));
        Assert.Equal(whole, paged.ToString());
        Assert.Equal(20, whole.Split(text).Length - 1);
        Assert.Contains("Starting command job flow", whole.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_of_a_request_reach_the_script()
    {
        var execution = await RunAsync(
            Package.Of("greeting: hello, planet: mars", [
                Package.Node("plain", "echo ${greeting} ${planet} ${moon}"),
                Package.Node("own", "echo ${greeting} ${planet}", settings: "planet: venus,"),
            ]),
            ("flowOverride[planet]", "数据 & co"), ("flowOverride[moon]", "luna"));

        AssertIs("SUCCEEDED, plain SUCCEEDED, own SUCCEEDED", await EndAsync(execution));
        Assert.Contains(
            "hello 数据 & co luna", WebUtility.HtmlDecode(await Client.ReadLogAsync(execution, "plain")), StringComparison.Ordinal);
        Assert.Contains("hello venus", await Client.ReadLogAsync(execution, "own"), StringComparison.Ordinal);

        var other = await Client.ExecuteAsync(
            project, "flow", ("runtimeProperty[ROOT][moon]", "none"), ("runtimeProperty[own][planet]", "pluto"));
        AssertIs("SUCCEEDED, plain SUCCEEDED, own SUCCEEDED", await EndAsync(other));
        Assert.Contains("hello mars none", await Client.ReadLogAsync(other, "plain"), StringComparison.Ordinal);
        Assert.Contains("hello pluto", await Client.ReadLogAsync(other, "own"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_disabled_is_skipped_and_counts_as_success()
    {
        var execution = await RunAsync(
            Package.Of(
                Package.Node("a", "false"),
                Package.Embedded("whole", "a", Package.Node("w1", "false")),
                Package.Embedded("part", "a", Package.Node("x", "false"), Package.Node("y", "true", after: "x")),
                Package.Node("last", "true", after: "whole, part")),
            ("disabled", """["a", "whole", {"id": "part", "children": ["x"]}, "nobody"]"""));

        AssertIs(
            "SUCCEEDED, a SKIPPED, whole SKIPPED, whole:w1 READY, part SUCCEEDED, part:x SKIPPED, part:y SUCCEEDED, last SUCCEEDED",
            await EndAsync(execution));
    }

    [Fact]
    public async Task An_update_tells_what_has_changed_since_the_last_one()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("a", "true"), Package.Node("b", WaitFor("go"), after: "a"), Package.Node("c", "true", after: "b")));
        await UntilAsync(execution, "a SUCCEEDED, b RUNNING");

        var all = await UpdateAsync(execution, -1);
        Assert.Equal(["a", "b"], ChangedNodes(all)[..2]);
        var quiet = await UpdateAsync(execution, (long)all["updateTime"]!);
        Assert.Equal("RUNNING", (string?)quiet["status"]);
        Assert.Empty(ChangedNodes(quiet));

        Open("go");
        await EndAsync(execution);
        var rest = await UpdateAsync(execution, (long)all["updateTime"]!);
        Assert.Equal("SUCCEEDED", (string?)rest["status"]);
        Assert.Equal(["b", "c"], ChangedNodes(rest));
    }

    [Fact]
    public async Task Forty_executions_at_once_all_succeed()
    {
        await Client.UploadAsync(project, Testing.Zip.Of(
            ("one.job", "type=command\ncommand=true\n"), ("two.job", "type=command\ncommand=true\n")));

        var executions = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => Client.ExecuteAsync(project, number % 2 == 0 ? "one" : "two", ("concurrentOption", "concurrent"))));

        Assert.Equal(40, executions.Distinct().Count());
        foreach (var execution in executions) Assert.Equal("SUCCEEDED", (string?)(await EndAsync(execution))["status"]);
    }

    private Task<JsonObject> ReadLogAsync(int execution, string nestedId, long offset, int length, params (string, string)[] more) =>
        Client.GetAsync("executor", [
            ("ajax", "fetchExecJobLogs"), ("execid", $"{execution}"), ("jobId", nestedId), ("offset", $"{offset}"), ("length", $"{length}"),
            .. more]);

    private Task<JsonObject> UpdateAsync(int execution, long since) => Client.GetAsync(
        "executor", ("ajax", "fetchexecflowupdate"), ("execid", $"{execution}"), ("lastUpdateTime", $"{since}"));

    private static List<string> ChangedNodes(JsonObject update) =>
        [.. (update["nodes"]?.AsArray() ?? []).Select(node => (string)node!["id"]!)];
}
