using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban;
using Scheduler.Api.Azkaban.Executor;
using Scheduler.Api.Azkaban.Manager;
using Scheduler.Api.Tests.Host;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Azkaban;

/// <summary>
/// Every command times every user, taken from the tables the server itself dispatches by, against what the specification says
/// each command needs. A command that is added without being entered here fails the first test.
/// </summary>
public sealed class AccessTests : ApiTest
{
    private static readonly string[] Users = ["nobody", "reader", "writer", "runner", "azkaban", "root"];

    private static readonly Dictionary<string, Permissions> Manager = new()
    {
        ["getProjectId"] = Permissions.None,
        ["checkForWritePermission"] = Permissions.None,
        ["fetchprojectflows"] = Permissions.Read,
        ["fetchflowdetails"] = Permissions.Read,
        ["fetchflowgraph"] = Permissions.Read,
        ["fetchflowjobs"] = Permissions.Read,
        ["fetchflownodedata"] = Permissions.Read,
        ["fetchJobInfo"] = Permissions.Read,
        ["fetchFlowExecutions"] = Permissions.Read,
        ["fetchLastSuccessfulFlowExecution"] = Permissions.Read,
        ["fetchProjectLogs"] = Permissions.Read,
        ["getPermissions"] = Permissions.Read,
        ["getGroupPermissions"] = Permissions.Read,
        ["getProxyUsers"] = Permissions.Read,
        ["changeDescription"] = Permissions.Write,
        ["addPermission"] = Permissions.Admin,
        ["changePermission"] = Permissions.Admin,
        ["addProxyUser"] = Permissions.Admin,
        ["removeProxyUser"] = Permissions.Admin,
    };

    private static readonly Dictionary<string, Permissions> Executions = new()
    {
        ["fetchexecflow"] = Permissions.Read,
        ["fetchexecflowupdate"] = Permissions.Read,
        ["flowInfo"] = Permissions.Read,
        ["fetchExecFlowLogs"] = Permissions.Read,
        ["fetchExecJobLogs"] = Permissions.Read,
        ["fetchExecJobStats"] = Permissions.Read,
        ["cancelFlow"] = Permissions.Execute,
        ["pauseFlow"] = Permissions.Execute,
        ["resumeFlow"] = Permissions.Execute,
        ["retryFailedJobs"] = Permissions.Execute,
    };

    private static readonly Dictionary<string, Permissions> Workflows = new()
    {
        ["getRunning"] = Permissions.Execute,
        ["flowInfo"] = Permissions.Read,
        ["fetchscheduledflowgraph"] = Permissions.Execute,
        ["executeFlow"] = Permissions.Execute,
    };

    [Fact]
    public void The_tables_hold_exactly_the_commands_of_the_specification()
    {
        // The handlers are only named here, never called.
        var options = Options.Create(new AzkabanOptions());
        var packages = new NewestPackage(Api.Projects);
        var manager = new ManagerVerbs(
            new(packages), new(packages, options), new(packages), new(packages), new(Api.Executions, options), new(Api.Projects),
            new(Api.Projects, Api.Users, options), new(Api.Projects), new(Api.Projects, options));
        var executor = new ExecutorVerbs(
            new(Api.Executions), new(Api.Executions), new(Api.Executions, options), new(Api.Executions),
            new(packages, Api.Executions, options), new(packages, Api.Executions));

        Assert.Equal(Manager.OrderBy(pair => pair.Key), manager.All.ToDictionary(verb => verb.Name, verb => verb.Needs).OrderBy(pair => pair.Key));
        Assert.Equal(
            Executions.OrderBy(pair => pair.Key), executor.OfExecutions.ToDictionary(verb => verb.Name, verb => verb.Needs).OrderBy(pair => pair.Key));
        Assert.Equal(
            Workflows.OrderBy(pair => pair.Key), executor.OfWorkflows.ToDictionary(verb => verb.Name, verb => verb.Needs).OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task Nobody_gets_past_a_command_of_manager_without_its_permission()
    {
        foreach (var (name, needed) in Manager)
            foreach (var user in Users)
            {
                var answer = await (await Api.AsAsync(user)).GetAsync($"/manager?ajax={name}&project=etl");
                var refusal = $"Permission denied. Need {needed.ToString().ToUpperInvariant()} access.";

                Assert.Equal((name, user, !IsAllowed(user, needed)), (name, user, answer.Body.Contains(refusal)));
                if (!IsAllowed(user, needed))
                    Assert.Equal($"{{\n  \"project\" : \"etl\",\n  \"projectId\" : 192,\n  \"error\" : \"{refusal}\"\n}}", answer.Body);
            }
    }

    [Fact]
    public async Task Nobody_gets_past_a_command_on_an_execution_without_its_permission()
    {
        foreach (var (name, needed) in Executions)
            foreach (var user in Users)
            {
                Api.Executions.Put(Views.Running(Etl.Id));
                var answer = await (await Api.AsAsync(user)).GetAsync($"/executor?ajax={name}&execid=4813");
                var refusal = $"User '{user}' doesn't have {needed.ToString().ToUpperInvariant()} permissions on etl";

                Assert.Equal((name, user, !IsAllowed(user, needed)), (name, user, answer.Body.Contains(refusal)));
                if (!IsAllowed(user, needed)) Assert.Equal($"{{\n  \"error\" : \"{refusal}\"\n}}", answer.Body);
                if (!IsAllowed(user, needed)) Assert.Equal(ExecutionStatus.Running, Api.Executions.Views[4813].Summary.Status);
            }
    }

    [Fact]
    public async Task Nobody_gets_past_a_command_on_a_workflow_without_its_permission()
    {
        foreach (var (name, needed) in Workflows)
            foreach (var user in Users.Where(user => !IsAllowed(user, needed)))
            {
                var answer = await (await Api.AsAsync(user)).GetAsync($"/executor?ajax={name}&project=etl&flow=daily");
                var refusal = name is "executeFlow" or "fetchscheduledflowgraph"
                    ? "Project 'etl' doesn't exist."
                    : $"User '{user}' doesn't have {needed.ToString().ToUpperInvariant()} permissions on etl";

                Assert.Equal((name, user, refusal), (name, user, answer.Error));
            }
        Assert.Empty(Api.Executions.Requests);
    }

    [Fact]
    public async Task Nobody_without_a_session_gets_anywhere()
    {
        foreach (var name in Manager.Keys)
            Assert.Equal("session", (await Api.GetAsync($"/manager?ajax={name}&project=etl")).Error);
        foreach (var name in Executions.Keys.Concat(Workflows.Keys))
            Assert.Equal("session", (await Api.GetAsync($"/executor?ajax={name}&project=etl&flow=daily&execid=4813")).Error);
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("writer")]
    [InlineData("runner")]
    [InlineData("nobody")]
    public async Task Only_an_admin_deletes_a_project(string user)
    {
        var answer = await (await Api.AsAsync(user)).GetAsync("/manager?project=etl&delete=true");

        Assert.Equal($"{Api.Address}manager?project=etl", answer.Header("Location"));
        Assert.Equal(
            $"azkaban.failure.message=\"Cannot delete. User '{user}' is not an ADMIN.\";Path=/", answer.Header("Set-Cookie"));
        Assert.NotNull(await Api.Projects.FindAsync("etl", default));
    }

    [Fact]
    public async Task Pages_show_nothing_of_a_project_without_read_permission()
    {
        Api.Executions.Put(Views.Running(Etl.Id));
        var client = await Api.AsAsync("nobody");

        Assert.Contains("Permission denied. Need READ access.", (await client.GetAsync("/manager?project=etl")).Body);
        Assert.DoesNotContain("4813", (await client.GetAsync("/executor")).Body);
        Assert.Contains("doesn't have READ permissions on etl", (await client.GetAsync("/executor?execid=4813")).Body);
        Assert.Contains("doesn't have READ permissions on etl", (await client.GetAsync("/executor?execid=4813&job=extract")).Body);
    }

    [Fact]
    public async Task A_group_entry_and_a_role_grant_like_an_own_entry()
    {
        await Api.Projects.SetGrantAsync(Etl.Id, new("analysts", IsGroup: true, Permissions.Admin), Api.Users.Get("root"), default);

        Assert.False((await (await Api.AsAsync("reader")).GetAsync("/manager?ajax=changeDescription&project=etl&description=x"))
            .Json.TryGetProperty("error", out _));
    }

    private static bool IsAllowed(string user, Permissions needed) => needed switch
    {
        Permissions.None => true,
        _ when user is "root" or "azkaban" => true,
        Permissions.Read => user == "reader",
        Permissions.Write => user == "writer",
        Permissions.Execute => user == "runner",
        _ => false,
    };
}
