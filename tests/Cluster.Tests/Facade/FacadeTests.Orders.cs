using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Facade;

/// <content>What people order while a workflow runs.</content>
public abstract partial class FacadeTests
{
    [Fact]
    public async Task A_cancelled_execution_is_killed_within_seconds_with_all_its_processes()
    {
        var (one, two) = (PathOf("one"), PathOf("two"));
        var execution = await RunAsync(Package.Of(
            Package.Node("sleeps", $"sh -c 'sh wait.sh {one} & sh wait.sh {two}'"),
            Package.Node("later", "true", after: "sleeps")));
        await Eventually.TrueAsync(() => FindProcesses(one).Count > 0 && FindProcesses(two).Count > 0);

        Assert.Empty(await OrderAsync("cancelFlow", execution));
        var ended = await Client.WaitAsync(execution, TimeSpan.FromSeconds(10));

        AssertIs("KILLED, sleeps KILLED, later CANCELLED", ended);
        Assert.Empty(FindProcesses(PathOf("")));
        Assert.Equal($"Execution {execution} of flow flow isn't running.", (string?)(await OrderAsync("cancelFlow", execution))["error"]);
    }

    [Fact]
    public async Task A_paused_execution_starts_nothing_until_it_is_resumed()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("a", WaitFor("go")), Package.Node("b", "true", after: "a"), Package.Node("c", "true", after: "b")));
        await UntilAsync(execution, "a RUNNING");

        Assert.Empty(await OrderAsync("pauseFlow", execution));
        Open("go");
        await UntilAsync(execution, "a SUCCEEDED");
        AssertIs("PAUSED, a SUCCEEDED, b READY, c READY", await Client.FetchAsync(execution));

        Assert.Empty(await OrderAsync("resumeFlow", execution));
        AssertIs("SUCCEEDED, a SUCCEEDED, b SUCCEEDED, c SUCCEEDED", await EndAsync(execution));
        Assert.Equal($"Execution {execution} of flow flow isn't running.", (string?)(await OrderAsync("resumeFlow", execution))["resume"]);
    }

    [Fact]
    public async Task A_paused_execution_can_be_cancelled()
    {
        var execution = await RunAsync(Package.Of(Package.Node("a", WaitFor("never")), Package.Node("b", "true", after: "a")));
        await UntilAsync(execution, "a RUNNING");

        Assert.Empty(await OrderAsync("pauseFlow", execution));
        Assert.Empty(await OrderAsync("cancelFlow", execution));

        AssertIs("KILLED, a KILLED, b CANCELLED", await EndAsync(execution));
    }

    [Fact]
    public async Task Failed_nodes_are_retried_while_something_still_runs()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("bad", $"sh flaky.sh {PathOf("tries")} 2"),
            Package.Node("slow", WaitFor("go")),
            Package.Node("after", "true", after: "bad")));
        await UntilAsync(execution, "bad FAILED, slow RUNNING, after CANCELLED");
        Assert.Equal("FAILED_FINISHING", (string?)(await Client.FetchAsync(execution))["status"]);

        Assert.Empty(await OrderAsync("retryFailedJobs", execution));
        await UntilAsync(execution, "bad SUCCEEDED, after SUCCEEDED, slow RUNNING");
        Open("go");

        var ended = await EndAsync(execution);
        AssertIs("SUCCEEDED, bad SUCCEEDED, slow SUCCEEDED, after SUCCEEDED", ended);
        Assert.Equal(1, (int)NodeOf(ended, "bad")["attempt"]!);
        Assert.Equal(
            "Flow has already finished. Please re-execute.", (string?)(await OrderAsync("retryFailedJobs", execution))["error"]);
    }

    [Fact]
    public async Task A_project_can_be_deleted_and_made_anew_while_an_execution_runs()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("a", WaitFor("go")), Package.Node("b", $"sh flaky.sh {PathOf("tries")} 1", after: "a")));
        await UntilAsync(execution, "a RUNNING");

        await Client.DeleteProjectAsync(project);
        await Client.CreateProjectAsync(project);
        var other = await RunAsync(Package.Of(Package.Node("new", "true")));

        AssertIs("SUCCEEDED, new SUCCEEDED", await EndAsync(other));
        Open("go");
        AssertIs("SUCCEEDED, a SUCCEEDED, b SUCCEEDED", await EndAsync(execution));
        Assert.Contains("this is try 1", await Client.ReadLogAsync(execution, "b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_survives_graceful_stops_in_its_middle()
    {
        var execution = await RunAsync(Package.Of(
            Package.Node("done", $"sh flaky.sh {PathOf("done-tries")} 1"),
            Package.Node("running", WaitFor("go"), after: "done"),
            Package.Node("next", "true", after: "running")));
        await UntilAsync(execution, "done SUCCEEDED, running RUNNING");

        for (var stop = 1; stop <= 2; stop++)
        {
            Assert.Equal(0, await Server.StopAsync());
            Assert.Empty(FindProcesses(PathOf("")));
            await Server.StartAgainAsync();
            await UntilAsync(execution, "done SUCCEEDED, running RUNNING");
        }

        Open("go");

        AssertIs("SUCCEEDED, done SUCCEEDED, running SUCCEEDED, next SUCCEEDED", await EndAsync(execution));
        Assert.Single(await File.ReadAllLinesAsync(PathOf("done-tries")));
    }

    /// <summary>Command lines that contain a text.</summary>
    private static List<string> FindProcesses(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Select(path =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(path, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }).Where(command => command.Contains(text, StringComparison.Ordinal)),
    ];
}
