using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Cli;

public sealed class ServeTests
{
    [Fact]
    public async Task A_data_folder_serves_one_engine_at_a_time()
    {
        await using var server = await SchedulerServer.StartAsync();
        using var folder = new CommandFolder();

        var serve = await folder.RunAsync("serve", "--data", server.Data, "--urls", "http://127.0.0.1:0");
        var run = await folder.RunAsync("run", folder.Package("one", ("a.job", "type=noop")), "--data", server.Data);

        Assert.Equal((2, 2), (serve.Code, run.Code));
        Assert.Contains("in use by another scheduler process", serve.Errors, StringComparison.Ordinal);
        Assert.Contains("in use by another scheduler process", run.Errors, StringComparison.Ordinal);
    }
}
