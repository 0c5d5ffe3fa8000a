using Scheduler.Testing;

namespace Scheduler.Cluster.Tests;

/// <summary>What a job may learn about the server that runs it.</summary>
public sealed class JobEnvironmentTests
{
    [Fact]
    public async Task A_job_sees_its_marker_and_none_of_the_servers_settings()
    {
        await using var server = await SchedulerServer.StartAsync();
        using var client = await server.LoginAsync();
        await client.CreateProjectAsync("environment");
        await client.UploadAsync("environment", Zip.Of(("show.job", "type=command\ncommand=env\n")));

        var execution = await client.ExecuteAsync("environment", "show");
        var ended = await client.WaitAsync(execution, TimeSpan.FromMinutes(1));
        var log = await client.ReadLogAsync(execution, "show");

        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        Assert.Contains($"SCHEDULER_ATTEMPT={execution}.0.1", log, StringComparison.Ordinal);
        Assert.Contains("PATH=", log, StringComparison.Ordinal);
        Assert.DoesNotContain(SchedulerServer.Password, log, StringComparison.Ordinal);
    }
}
