using Scheduler.Api.Azkaban;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Api.Tests.Azkaban.Executor;

public sealed class ExecutionReaderTests : ApiTest
{
    protected override Task ArrangeAsync()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_attempt_that_sleeps_is_running_and_says_how_far_it_has_come()
    {
        var view = Views.Running(Etl.Id);
        var asleep = view.Nodes[2] with
        {
            Status = NodeStatus.Waiting,
            WaitingOn = WaitingOn.Time,
            StartedAt = Views.At(1691000005000),
            Progress = new NodeProgress(Rows: 70, Text: "reading"),
        };
        Api.Executions.Put(view with { Nodes = [view.Nodes[0], view.Nodes[1], asleep] });

        var node = (await AskAsync("fetchexecflow&execid=4813")).Json.GetProperty("nodes")[1].GetProperty("nodes")[0];
        Assert.Equal("RUNNING", node.GetProperty("status").GetString());
        Assert.Equal(["rows", "text"], node.GetProperty("progress").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task An_execution_is_shown_with_all_its_nodes() => Assert.Equal(
        """
        {
          "project" : "etl",
          "projectId" : 192,
          "flow" : "daily",
          "flowId" : "daily",
          "id" : "daily",
          "execid" : 4813,
          "submitUser" : "azkaban",
          "submitTime" : 1691000000123,
          "startTime" : 1691000000456,
          "endTime" : -1,
          "updateTime" : 1691000005000,
          "status" : "RUNNING",
          "type" : null,
          "nestedId" : "daily",
          "attempt" : 0,
          "nodes" : [ {
            "id" : "extract",
            "nestedId" : "extract",
            "type" : "command",
            "status" : "SUCCEEDED",
            "attempt" : 1,
            "startTime" : 1691000001000,
            "endTime" : 1691000004000,
            "updateTime" : 1691000004100,
            "pastAttempts" : [ {
              "attempt" : 0,
              "startTime" : 1691000000500,
              "endTime" : 1691000000900,
              "status" : "FAILED"
            } ]
          }, {
            "id" : "load",
            "nestedId" : "load",
            "type" : "flow",
            "status" : "READY",
            "attempt" : 0,
            "in" : [ "extract" ],
            "startTime" : -1,
            "endTime" : -1,
            "updateTime" : -1,
            "flow" : "load_sub",
            "flowId" : "load_sub",
            "nodes" : [ {
              "id" : "l1",
              "nestedId" : "load:l1",
              "type" : "command",
              "status" : "READY",
              "attempt" : 0,
              "startTime" : -1,
              "endTime" : -1,
              "updateTime" : -1
            } ]
          } ]
        }
        """, (await AskAsync("fetchexecflow&execid=4813")).Body);

    [Fact]
    public async Task An_execution_that_has_not_started_has_no_start_time()
    {
        var waiting = Views.Running(Etl.Id);
        Api.Executions.Put(waiting with { Summary = waiting.Summary with { Status = ExecutionStatus.Waiting, StartedAt = null } });
        var json = (await AskAsync("fetchexecflow&execid=4813")).Json;

        Assert.Equal(("PREPARING", -1), (json.GetProperty("status").GetString(), json.GetProperty("startTime").GetInt64()));
    }

    [Fact]
    public async Task An_update_holds_the_nodes_that_changed_since() => Assert.Equal(
        """
        {
          "id" : "daily",
          "status" : "RUNNING",
          "startTime" : 1691000000456,
          "endTime" : -1,
          "updateTime" : 1691000005000,
          "attempt" : 0,
          "flow" : "daily",
          "nodes" : [ {
            "id" : "extract",
            "status" : "SUCCEEDED",
            "startTime" : 1691000001000,
            "endTime" : 1691000004000,
            "updateTime" : 1691000004100,
            "attempt" : 1,
            "pastAttempts" : [ {
              "attempt" : 0,
              "startTime" : 1691000000500,
              "endTime" : 1691000000900,
              "status" : "FAILED"
            } ]
          } ]
        }
        """, (await AskAsync("fetchexecflowupdate&execid=4813&lastUpdateTime=1691000004099")).Body);

    [Theory]
    [InlineData(1691000004100, "id,status,startTime,endTime,updateTime,attempt")]
    [InlineData(1691000005000, "status,startTime,endTime,updateTime")]
    [InlineData(0, "id,status,startTime,endTime,updateTime,attempt,flow,nodes")]
    public async Task An_update_holds_less_when_less_changed(long since, string members) => Assert.Equal(
        members,
        string.Join(',', (await AskAsync($"fetchexecflowupdate&execid=4813&lastUpdateTime={since}")).Json.EnumerateObject().Select(m => m.Name)));

    [Fact]
    public async Task A_change_inside_an_embedded_flow_is_shown_in_its_place()
    {
        var view = Views.Running(Etl.Id);
        Api.Executions.Put(view with
        {
            Nodes = [.. view.Nodes.Take(2), view.Nodes[2] with { Status = NodeStatus.Running, UpdatedAt = Views.At(1691000009000) }],
        });

        var load = (await AskAsync("fetchexecflowupdate&execid=4813&lastUpdateTime=1691000008000")).Json.GetProperty("nodes")[0];

        Assert.Equal(("load", "load_sub", "l1", "RUNNING"), (load.GetProperty("id").GetString(), load.GetProperty("flow").GetString(),
            load.GetProperty("nodes")[0].GetProperty("id").GetString(), load.GetProperty("nodes")[0].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task An_update_needs_to_know_since_when() =>
        Assert.Equal(500, (await AskAsync("fetchexecflowupdate&execid=4813")).Status);

    [Fact]
    public void Every_status_of_an_execution_has_a_name() => Assert.Equal(
        "PREPARING RUNNING PAUSED FAILED_FINISHING KILLING SUCCEEDED FAILED FAILED KILLED",
        string.Join(' ', Enum.GetValues<ExecutionStatus>().Select(Statuses.NameOf)));

    [Fact]
    public void Every_status_of_a_node_has_a_name()
    {
        Assert.Equal(
            "READY DISABLED READY RUNNING FAILED_FINISHING KILLING SUCCEEDED FAILED_SUCCEEDED FAILED FAILED KILLED CANCELLED SKIPPED",
            string.Join(' ', Enum.GetValues<NodeStatus>().Select(status => Statuses.NameOf(status, WaitingOn.Nothing))));
        Assert.Equal(
            "READY READY READY READY QUEUED",
            string.Join(' ', Enum.GetValues<WaitingOn>().Select(gate => Statuses.NameOf(NodeStatus.Waiting, gate))));
    }

    [Fact]
    public async Task A_node_that_never_ran_starts_and_ends_when_that_was_decided()
    {
        var view = Views.Running(Etl.Id);
        Api.Executions.Put(view with { Nodes = [view.Nodes[1] with { Status = NodeStatus.Omitted, EndedAt = Views.At(7), Parents = [] }] });
        var node = (await AskAsync("fetchexecflow&execid=4813")).Json.GetProperty("nodes")[0];

        Assert.Equal(("CANCELLED", 7, 7),
            (node.GetProperty("status").GetString(), node.GetProperty("startTime").GetInt64(), node.GetProperty("endTime").GetInt64()));
    }

    [Fact]
    public async Task The_options_of_an_execution_are_echoed()
    {
        var view = Views.Running(Etl.Id);
        Api.Executions.Put(view with
        {
            Options = new()
            {
                FailureEmails = ["a@b"],
                OverridesFailureEmails = true,
                Parameters = new Dictionary<string, string> { ["k"] = "v" },
                Disabled = [new("load"), new("sub", [new("x")])],
            },
            Nodes = [view.Nodes[0]],
        });

        Assert.Equal(
            """
            {
              "successEmails" : [ ],
              "failureEmails" : [ "a@b" ],
              "successEmailsOverride" : false,
              "failureEmailsOverride" : true,
              "runtimeProperties" : {
                "ROOT" : {
                  "k" : "v"
                }
              },
              "flowParam" : {
                "k" : "v"
              },
              "failureAction" : "finishCurrent",
              "notifyFailureFirst" : true,
              "notifyFailureLast" : false,
              "concurrentOptions" : "skip",
              "pipelineLevel" : null,
              "pipelineExecution" : null,
              "queueLevel" : 0,
              "nodeStatus" : {
                "extract" : "SUCCEEDED"
              },
              "disabled" : [ {
                "name" : "load",
                "children" : null,
                "embeddedFlow" : false
              }, {
                "name" : "sub",
                "children" : [ {
                  "name" : "x",
                  "children" : null,
                  "embeddedFlow" : false
                } ],
                "embeddedFlow" : true
              } ]
            }
            """, (await AskAsync("flowInfo&execid=4813")).Body);
    }

    [Fact]
    public async Task The_addresses_of_a_flow_are_shown_without_an_execution()
    {
        Assert.Equal(
            "{\n  \"successEmails\" : [ \"team@example.org\" ],\n  \"failureEmails\" : [ \"oncall@example.org\" ]\n}",
            (await AskAsync("flowInfo&project=etl&flow=daily")).Body);
        Assert.Equal("Error loading flow. Flow none doesn't exist in etl", (await AskAsync("flowInfo&project=etl&flow=none")).Error);
    }

    [Fact]
    public async Task The_graph_of_the_next_execution_looks_like_one()
    {
        var json = (await (await Api.AsAsync("runner")).GetAsync("/executor?ajax=fetchscheduledflowgraph&project=etl&flow=daily")).Json;

        Assert.Equal((-1, "READY", "load:l1"), (json.GetProperty("execid").GetInt32(), json.GetProperty("status").GetString(),
            json.GetProperty("nodes")[1].GetProperty("nodes")[0].GetProperty("nestedId").GetString()));
    }

    private async Task<Answer> AskAsync(string command) => await (await Api.AsAsync("reader")).GetAsync($"/executor?ajax={command}");
}
