using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public sealed class FlowExecutionsTests : ApiTest
{
    protected override void Configure(AzkabanOptions options) => options.MaxPageLength = 2;

    protected override Task ArrangeAsync()
    {
        var running = Views.Running(Etl.Id);
        Api.Executions.Put(running);
        foreach (var (id, status) in new[] { (4812, ExecutionStatus.Failed), (4800, ExecutionStatus.Succeeded), (4811, ExecutionStatus.Cancelled) })
            Api.Executions.Put(running with
            {
                Summary = running.Summary with { Id = id, Status = status, EndedAt = Views.At(1691000099000) },
            });
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Executions_are_listed_newest_first() => Assert.Equal(
        """
        {
          "project" : "etl",
          "projectId" : 192,
          "flow" : "daily",
          "total" : 4,
          "from" : 1,
          "length" : 1,
          "executions" : [ {
            "execId" : 4812,
            "flowId" : "daily",
            "projectId" : 192,
            "status" : "FAILED",
            "submitTime" : 1691000000123,
            "startTime" : 1691000000456,
            "endTime" : 1691000099000,
            "submitUser" : "azkaban"
          } ]
        }
        """,
        (await AskAsync("fetchFlowExecutions&flow=daily&start=1&length=1")).Body);

    [Fact]
    public async Task An_unknown_flow_has_no_executions() => Assert.Equal(
        "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"flow\" : \"none\",\n  \"total\" : 0,\n  \"from\" : 0,\n  \"length\" : 2,\n"
        + "  \"executions\" : [ ]\n}",
        (await AskAsync("fetchFlowExecutions&flow=none&start=0&length=2")).Body);

    [Theory]
    [InlineData("start=-5&length=2147483647", 0, 2)]
    [InlineData("start=0&length=-1", 0, 0)]
    [InlineData("start=2147483647&length=1", int.MaxValue, 1)]
    public async Task Pages_are_clamped(string page, int from, int length)
    {
        var json = (await AskAsync("fetchFlowExecutions&flow=daily&" + page)).Json;

        Assert.Equal((from, length), (json.GetProperty("from").GetInt32(), json.GetProperty("length").GetInt32()));
        Assert.True(json.GetProperty("executions").GetArrayLength() <= length);
    }

    [Theory]
    [InlineData("fetchFlowExecutions&flow=daily&start=0", "Missing required parameter 'length'.")]
    [InlineData("fetchFlowExecutions&flow=daily&start=a&length=1", "For input string: &quot;a&quot;")]
    [InlineData("fetchFlowExecutions&flow=daily&start=2147483648&length=1", "For input string: &quot;2147483648&quot;")]
    public async Task A_page_must_be_given_in_numbers(string command, string text)
    {
        var answer = await AskAsync(command);

        Assert.Equal(500, answer.Status);
        Assert.Contains(text, answer.Body);
    }

    [Fact]
    public async Task The_last_success_is_told_with_a_text_for_a_truth() => Assert.Equal(
        "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"success\" : \"true\",\n  \"message\" : \"\",\n  \"execId\" : 4800\n}",
        (await AskAsync("fetchLastSuccessfulFlowExecution&flow=daily")).Body);

    [Fact]
    public async Task A_flow_without_success_says_so() => Assert.Equal(
        "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"success\" : \"false\",\n"
        + "  \"message\" : \"This flow has no successful run.\"\n}",
        (await AskAsync("fetchLastSuccessfulFlowExecution&flow=hourly")).Body);

    private async Task<Answer> AskAsync(string command) =>
        await (await Api.AsAsync("reader")).GetAsync($"/manager?project=etl&ajax={command}");
}
