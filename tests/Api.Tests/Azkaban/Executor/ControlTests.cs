using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class ControlTests : ApiTest
{
    private const string Success = "{\n}";
    private const string NotRunning = "Execution 4813 of flow daily isn't running.";

    [Theory]
    [InlineData("cancelFlow", ExecutionStatus.Running, "", "")]
    [InlineData("cancelFlow", ExecutionStatus.Waiting, "", "")]
    [InlineData("cancelFlow", ExecutionStatus.Cancelling, "", "")]
    [InlineData("cancelFlow", ExecutionStatus.Succeeded, "error", NotRunning)]
    [InlineData("pauseFlow", ExecutionStatus.Running, "", "")]
    [InlineData("pauseFlow", ExecutionStatus.Paused, "", "")]
    [InlineData("pauseFlow", ExecutionStatus.Cancelling, "error", "Execution 4813 with status KILLING cannot be paused.")]
    [InlineData("pauseFlow", ExecutionStatus.Failed, "error", NotRunning)]
    [InlineData("resumeFlow", ExecutionStatus.Paused, "", "")]
    [InlineData("resumeFlow", ExecutionStatus.Running, "", "")]
    [InlineData("resumeFlow", ExecutionStatus.Cancelled, "resume", NotRunning)]
    [InlineData("retryFailedJobs", ExecutionStatus.Failing, "", "")]
    [InlineData("retryFailedJobs", ExecutionStatus.Failed, "error", "Flow has already finished. Please re-execute.")]
    [InlineData("retryFailedJobs", ExecutionStatus.TimedOut, "error", "Flow has already finished. Please re-execute.")]
    [InlineData("retryFailedJobs", ExecutionStatus.Succeeded, "error", "Flow has already finished. Please re-execute.")]
    [InlineData("retryFailedJobs", ExecutionStatus.Cancelled, "error", NotRunning)]
    [InlineData("retryFailedJobs", ExecutionStatus.Cancelling, "error", "Execution 4813 is not running.")]
    public async Task An_order_is_answered_by_an_empty_object_or_why_not(string command, ExecutionStatus status, string key, string text)
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        Api.Executions.SetStatus(4813, status);
        var client = await Api.AsAsync("runner");

        foreach (var answer in new[]
        {
            await client.GetAsync($"/executor?ajax={command}&execid=4813"), await client.PostAsync("/executor?execid=4813", $"ajax={command}"),
        })
            Assert.Equal(key.Length == 0 ? Success : $"{{\n  \"{key}\" : \"{text}\"\n}}", answer.Body);
    }

    [Theory]
    [InlineData("cancelFlow", "-1")]
    [InlineData("fetchexecflow", "9223372036854775807")]
    [InlineData("executeFlow", "5")]
    [InlineData("unknown", "5")]
    public async Task An_unknown_execution_is_told_before_anything_else(string command, string id) => Assert.Equal(
        $"{{\n  \"error\" : \"Cannot find execution '{id}'\"\n}}",
        (await (await Api.AsAsync("nobody")).GetAsync($"/executor?ajax={command}&execid={id}")).Body);

    [Fact]
    public async Task An_unknown_command_on_an_execution_does_nothing()
    {
        Api.Executions.Put(Views.Running(Etl.Id));

        Assert.Equal(
            Success, (await (await Api.AsAsync("runner")).GetAsync("/executor?ajax=executeFlow&execid=4813&project=etl&flow=daily")).Body);
        Assert.Empty(Api.Executions.Requests);
    }

    [Fact]
    public async Task Running_executions_are_listed_oldest_first()
    {
        var client = await Api.AsAsync("runner");
        Assert.Equal(Success, (await client.GetAsync("/executor?ajax=getRunning&project=etl&flow=daily")).Body);
        Api.Executions.Put(Views.Running(Etl.Id));
        Api.Executions.Put(Views.Running(Etl.Id) with { Summary = Views.Running(Etl.Id).Summary with { Id = 4811 } });

        Assert.Equal("{\n  \"execIds\" : [ 4811, 4813 ]\n}", (await client.GetAsync("/executor?ajax=getRunning&project=etl&flow=daily")).Body);
        Assert.Equal(Success, (await client.GetAsync("/executor?ajax=getRunning&project=etl&flow=none")).Body);
        Assert.Equal("Project 'null' not found.", (await client.GetAsync("/executor?ajax=getRunning&project=none&flow=daily")).Error);
    }

    [Fact]
    public async Task Executors_are_reloaded_by_administrators()
    {
        Assert.Equal("{\n  \"status\" : \"success\"\n}", (await (await Api.AsAsync("root")).GetAsync("/executor?ajax=reloadExecutors")).Body);
        var refused = await (await Api.AsAsync("azkaban")).PostAsync("/executor?ajax=reloadExecutors");
        Assert.Equal(
            ("error", "Only Admins are allowed to refresh the executors"), (refused.Json.GetProperty("status").GetString(), refused.Error));
    }
}
