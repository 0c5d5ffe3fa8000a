using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class ExecuteFlowTests : ApiTest
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_reply_names_the_execution(string method)
    {
        var client = await Api.AsAsync("runner");
        var answer = method == "GET"
            ? await client.GetAsync("/executor?ajax=executeFlow&project=etl&flow=daily")
            : await client.PostAsync("/executor?ajax=executeFlow", "project=etl&flow=daily");

        Assert.Equal(
            """
            {
              "project" : "etl",
              "flow" : "daily",
              "message" : "Execution queued successfully with exec id 4813",
              "execid" : 4813
            }
            """, answer.Body);
        var request = Assert.Single(Api.Executions.Requests);
        Assert.Equal((192, "daily", null, "runner", Initiator.Person),
            (request.ProjectId, request.WorkflowId, request.Version, request.SubmittedBy, request.Initiator));
    }

    [Fact]
    public async Task A_flow_that_runs_is_skipped_by_default_whatever_its_active_status()
    {
        foreach (var status in new[] { ExecutionStatus.Waiting, ExecutionStatus.Paused, ExecutionStatus.Cancelling })
        {
            Api.Executions.Put(Views.Running(Etl.Id));
            Api.Executions.SetStatus(4813, status);

            Assert.Equal(
                """
                {
                  "project" : "etl",
                  "flow" : "daily",
                  "error" : "Error submitting flow daily. Flow daily is already running. Skipping execution.",
                  "execid" : -1
                }
                """, (await ExecuteAsync("")).Body);
        }
    }

    [Fact]
    public async Task Beside_others_the_message_names_them()
    {
        Api.Executions.NextId = 4811;
        await ExecuteAsync("");
        await ExecuteAsync("&concurrentOption=ignore");

        Assert.Equal(
            "Flow daily is already running with exec id 4811,4812. Will execute concurrently. \n"
            + "Execution queued successfully with exec id 4813",
            (await ExecuteAsync("&concurrentOption=concurrent")).Json.GetProperty("message").GetString());
        Assert.Equal(
            "Flow daily is already running with exec id 4813. Pipelining level 1. \nExecution queued successfully with exec id 4814",
            (await ExecuteAsync("&concurrentOption=pipeline&pipelineLevel=1")).Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Refusals_of_the_engine_are_told_in_azkabans_words()
    {
        foreach (var (result, error) in new (SubmitResult, string)[]
        {
            (new SubmitResult.TooManyRunning(30), "Error submitting flow daily. Flow daily has more than 30 concurrent runs. Skipping"),
            (new SubmitResult.Invalid("It is too large."), "Error submitting flow daily. It is too large."),
        })
        {
            Api.Executions.Answer = result;
            var answer = await ExecuteAsync("");
            Assert.Equal((error, -1), (answer.Error, answer.Json.GetProperty("execid").GetInt32()));
        }

        Api.Executions.Answer = new SubmitResult.UnknownWorkflow("It is gone.");
        Assert.Equal("Flow 'daily' cannot be found in project etl", (await ExecuteAsync("")).Error);
    }

    [Fact]
    public async Task A_locked_flow_is_no_error()
    {
        Api.Executions.Answer = new SubmitResult.Locked("maintenance");

        Assert.Equal(
            """
            {
              "project" : "etl",
              "flow" : "daily",
              "message" : "Flow daily for project etl is locked.",
              "execid" : -1
            }
            """, (await ExecuteAsync("")).Body);
    }

    [Theory]
    [InlineData("project=none&flow=daily", "{\n  \"project\" : \"none\",\n  \"error\" : \"Project 'none' doesn't exist.\"\n}")]
    [InlineData(
        "project=etl&flow=none",
        "{\n  \"project\" : \"etl\",\n  \"flow\" : \"none\",\n  \"error\" : \"Flow 'none' cannot be found in project etl\"\n}")]
    [InlineData(
        "project=etl&flow=daily&concurrentOption=pipeline",
        "{\n  \"project\" : \"etl\",\n  \"flow\" : \"daily\",\n"
        + "  \"error\" : \"Error parsing flow options: Missing required parameter 'pipelineLevel'.\"\n}")]
    [InlineData(
        "project=etl&flow=daily&flowOverride[a]=1&runtimeProperty[ROOT][b]=2",
        "{\n  \"project\" : \"etl\",\n  \"flow\" : \"daily\",\n  \"error\" : \"Error parsing flow options: The legacy param group flowOverride "
        + "is not allowed in combination with the runtimeProperty param group. Migrate flowOverride to runtimeProperty[ROOT].\"\n}")]
    [InlineData("project=etl&flow=daily&execid=1", "{\n  \"error\" : \"Cannot find execution '1'\"\n}")]
    public async Task A_fault_is_told(string query, string body)
    {
        Assert.Equal(body, (await (await Api.AsAsync("runner")).GetAsync("/executor?ajax=executeFlow&" + query)).Body);
        Assert.Empty(Api.Executions.Requests);
    }

    [Theory]
    [InlineData("project=etl", "Missing required parameter 'flow'.")]
    [InlineData("flow=daily", "Missing required parameter 'project'.")]
    [InlineData("project=etl&flow=daily&concurrentOption=pipeline&pipelineLevel=x", "For input string: &quot;x&quot;")]
    public async Task Some_faults_break_the_request(string query, string text)
    {
        var answer = await (await Api.AsAsync("runner")).GetAsync("/executor?ajax=executeFlow&" + query);

        Assert.Equal(500, answer.Status);
        Assert.Contains(text, answer.Body);
    }

    [Fact]
    public async Task An_administrator_must_send_a_number_as_priority() => Assert.Equal(
        "Error submitting flow daily. flowPriority should be an integer",
        (await (await Api.AsAsync("root")).GetAsync("/executor?ajax=executeFlow&project=etl&flow=daily&flowOverride[flowPriority]=high")).Error);

    [Fact]
    public async Task Ten_thousand_parameters_are_taken()
    {
        var form = string.Concat(Enumerable.Range(0, 10_000).Select(n => $"&flowOverride[key{n}]={n}"));
        await (await Api.AsAsync("runner")).PostAsync("/executor?ajax=executeFlow&project=etl&flow=daily", form);

        Assert.Equal(10_000, Api.Executions.Requests[0].Options.Parameters.Count);
    }

    private async Task<Answer> ExecuteAsync(string options) =>
        await (await Api.AsAsync("runner")).GetAsync("/executor?ajax=executeFlow&project=etl&flow=daily" + options);
}
