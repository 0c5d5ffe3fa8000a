using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public sealed class FlowMetadataTests : ApiTest
{
    protected override void Configure(AzkabanOptions options) => options.MaxGraphNodes = 1_000;

    [Theory]
    [InlineData("fetchprojectflows", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "flows" : [ {
            "flowId" : "daily"
          }, {
            "flowId" : "hourly"
          } ]
        }
        """)]
    [InlineData("fetchflowgraph&flow=daily", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "flow" : "daily",
          "nodes" : [ {
            "id" : "extract",
            "type" : "command"
          }, {
            "id" : "load",
            "type" : "flow",
            "in" : [ "extract" ],
            "flowId" : "load_sub",
            "flow" : "load_sub",
            "nodes" : [ {
              "id" : "l1",
              "type" : "command"
            } ]
          } ]
        }
        """)]
    [InlineData("fetchflowjobs&flow=daily", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "flowId" : "daily",
          "isLocked" : false,
          "nodes" : [ {
            "id" : "extract",
            "level" : 0,
            "dependencies" : [ ],
            "dependents" : [ "load" ]
          }, {
            "id" : "load",
            "level" : 1,
            "dependencies" : [ "extract" ],
            "dependents" : [ ]
          } ]
        }
        """)]
    [InlineData("fetchflowdetails&flow=daily", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "jobTypes" : [ "command", "flow" ]
        }
        """)]
    [InlineData("fetchflownodedata&flow=daily&node=extract", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "id" : "extract",
          "flow" : "daily",
          "type" : "command",
          "props" : {
            "command" : "echo 1",
            "type" : "command"
          }
        }
        """)]
    [InlineData("fetchflownodedata&flow=daily&node=load", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "id" : "load",
          "flow" : "load_sub",
          "type" : "flow",
          "props" : {
          },
          "flowId" : "load_sub",
          "nodes" : [ {
            "id" : "l1",
            "type" : "command"
          } ]
        }
        """)]
    [InlineData("fetchJobInfo&flowName=daily&jobName=extract", """
        {
          "project" : "ETL",
          "projectId" : 192,
          "jobName" : "extract",
          "jobType" : "command",
          "generalParams" : {
            "command" : "echo 1",
            "type" : "command"
          },
          "overrideParams" : {
            "command" : "echo 1",
            "type" : "command"
          }
        }
        """)]
    public async Task A_reply_has_these_bytes(string command, string body)
    {
        var answer = await AskAsync(command);

        Assert.Equal((200, "application/json", body), (answer.Status, answer.ContentType, answer.Body));
    }

    [Theory]
    [InlineData("fetchflowgraph&flow=none", "Flow none not found in project etl")]
    [InlineData("fetchflowdetails&flow=none", "Flow none not found.")]
    [InlineData("fetchflownodedata&flow=daily&node=none", "Job none doesn't exist.")]
    [InlineData("fetchJobInfo&flowName=none&jobName=x", "Flow none not found in project etl")]
    [InlineData("fetchJobInfo&flowName=daily&jobName=x", "Job x not found in flow daily")]
    public async Task What_is_not_there_is_told_beside_the_project(string command, string error)
    {
        var answer = await AskAsync(command);

        Assert.Equal((200, error, 192), (answer.Status, answer.Error, answer.Json.GetProperty("projectId").GetInt32()));
    }

    [Theory]
    [InlineData("fetchflowjobs&flow=none", "Flow none not found in project etl")]
    [InlineData("fetchflownodedata&flow=none&node=x", "Flow none not found in project etl")]
    [InlineData("fetchflowgraph", "Missing required parameter 'flow'.")]
    [InlineData("fetchflownodedata&flow=daily", "Missing required parameter 'node'.")]
    public async Task Some_faults_are_broken_requests(string command, string text)
    {
        var answer = await AskAsync(command);

        Assert.Equal((500, "text/html;charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Contains(text, answer.Body);
    }

    [Fact]
    public async Task An_unknown_project_is_echoed_as_it_was_asked_for() => Assert.Equal(
        "{\n  \"project\" : \"<none>\",\n  \"error\" : \"Project <none> doesn't exist.\"\n}",
        (await (await Api.AsAsync("reader")).GetAsync("/manager?ajax=fetchprojectflows&project=%3Cnone%3E")).Body);

    [Fact]
    public async Task A_project_without_an_upload_has_no_flows()
    {
        await Api.Projects.CreateAsync("empty", "d", Api.Users.Get("reader"), default);

        Assert.Equal(
            "{\n  \"project\" : \"empty\",\n  \"projectId\" : 193,\n  \"flows\" : [ ]\n}",
            (await (await Api.AsAsync("reader")).GetAsync("/manager?ajax=fetchprojectflows&project=empty")).Body);
    }

    [Fact]
    public async Task The_level_of_a_node_is_its_longest_way_from_the_start()
    {
        Publish(new WorkflowDefinition
        {
            Id = "end",
            Nodes =
            [
                Node("a", "noop"),
                Node("b", "noop") with { Parents = ["a"] },
                Node("c", "noop") with { Parents = ["b"] },
                Node("end", "noop") with { Parents = ["c", "a"] },
            ],
        });
        var answer = await AskAsync("fetchflowjobs&flow=end");

        Assert.Equal(
            ["a0", "b1", "c2", "end3"],
            answer.Json.GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("id")}{node.GetProperty("level")}"));
    }

    [Fact]
    public async Task Workflows_that_embed_each_other_many_times_are_refused_not_unfolded()
    {
        // Ten levels of ten: ten billion nodes.
        var levels = Enumerable.Range(0, 10).Select(level => new WorkflowDefinition
        {
            Id = $"w{level}",
            Nodes = [.. Enumerable.Range(0, 10).Select(n => Node($"n{n}", "flow") with { EmbeddedWorkflowId = $"w{level + 1}" })],
        });
        Publish([.. levels]);

        Assert.Equal("Flow w0 has too many nodes to be shown.", (await AskAsync("fetchflowgraph&flow=w0")).Error);
    }

    private void Publish(params WorkflowDefinition[] workflows) => Api.Projects.Publish(Etl, Api.Users.Get("azkaban"), workflows);

    private async Task<Answer> AskAsync(string command) =>
        await (await Api.AsAsync("reader")).GetAsync($"/manager?project=ETL&ajax={command}");
}
