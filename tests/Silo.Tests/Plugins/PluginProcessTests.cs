using System.Diagnostics;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Plugins;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Plugins;

/// <summary>Plugins in real processes of their own, well and badly behaved.</summary>
public sealed class PluginProcessTests : IAsyncLifetime, IDisposable
{
    private readonly PluginBench bench = new();

    public async Task InitializeAsync()
    {
        bench.Install("samples", isolation: "process");
        Assert.Null(Assert.Single(await bench.LoadAsync()).Fault);
    }

    [Fact]
    public async Task It_gets_and_gives_everything_through_the_pipe()
    {
        var context = new FakeContext("sample.greet", ("name", "Ann"), ("times", "2"), ("source", "warehouse"), ("large", new string('x', 300_000)));

        var result = await SucceedAsync(context);

        Assert.NotEqual($"{Environment.ProcessId}", result.Outputs["process"]);
        Assert.Equal(
            ("Ann", context.Attempt.ToString(), "/package", "/package/jobs", "pa$$", "t0ken"),
            (result.Outputs["greeted"], result.Outputs["marker"], result.Outputs["package"], result.Outputs["directory"], result.Outputs["password"], result.Outputs["revealed"]));
        Assert.Equal(["greeting Ann"], context.Handles);
        Assert.Equal([new NodeProgress(2, 100, "done")], context.Progress);
        Assert.Contains("Info Hello Ann\nInfo Hello Ann\nraw\n", context.Text.Replace("on standard output\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("on standard output\n", context.Text, StringComparison.Ordinal);
        Assert.Empty(context.Survivors);
    }

    [Fact]
    public async Task Its_work_is_found_again_and_ended_by_its_handle()
    {
        var plugin = Assert.IsType<IReattachingPlugin>(bench.Types.Find("sample.greet")!.Plugin, exactMatch: false);
        var context = new FakeContext("sample.greet", ("name", "Ann"));

        Assert.Equal(new NodeResult.Waiting("the answer", TimeSpan.FromSeconds(90)), await plugin.ReattachAsync(context, "h1", default));
        await plugin.KillAsync(context, "h2", default);

        Assert.Equal("Info found h1\nWarn ended h2\n", context.Text);
    }

    [Theory]
    [InlineData("sample.crash", "The process of the plugin was ended by signal 6 before it gave a result")]
    [InlineData("sample.exit", "The process of the plugin ended with exit code 0 before it gave a result")]
    public async Task A_process_that_ends_costs_one_attempt(string type, string message)
    {
        var context = new FakeContext(type);

        Assert.Equal(new NodeResult.Failed("plugin.process", message), await bench.RunAsync(context));
        Assert.Empty(context.Survivors);
    }

    [Fact]
    public async Task An_exception_tells_that_the_plugin_is_broken()
    {
        var exception = await Assert.ThrowsAsync<PluginBrokenException>(() => bench.RunAsync(new FakeContext("sample.throw")));

        Assert.Contains("a defect", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_listens_stops_when_it_is_asked()
    {
        bench.Processes.KillGrace = TimeSpan.FromSeconds(60);
        var watch = Stopwatch.StartNew();

        await CancelAsync(new FakeContext("sample.wait"), "waiting");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(50), $"it took {watch.Elapsed}");
    }

    [Fact]
    public Task One_that_is_deaf_is_killed() => CancelAsync(new FakeContext("sample.hang"), "hanging");

    [Fact]
    public async Task A_flood_on_standard_output_goes_to_the_log_and_not_into_memory()
    {
        const long Flood = 1L << 30;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var context = new FakeContext("sample.flood", ("bytes", $"{Flood}"));
        var flooding = bench.RunAsync(context);

        // Others go on meanwhile.
        await SucceedAsync(new FakeContext("sample.greet", ("name", "Ann")));

        Assert.Equal(NodeResult.Succeeded.WithoutOutputs.ToString(), $"{await flooding}");
        Assert.True(context.Bytes >= Flood, $"{context.Bytes} bytes came");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 << 20);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => bench.Dispose();

    private async Task<NodeResult.Succeeded> SucceedAsync(FakeContext context)
    {
        var result = await bench.RunAsync(context);
        Assert.True(result is NodeResult.Succeeded, $"{result}\n{context.Text}");
        return (NodeResult.Succeeded)result;
    }

    private async Task CancelAsync(FakeContext context, string sign)
    {
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => context.Text.Contains(sign, StringComparison.Ordinal) || run.IsCompleted, TimeSpan.FromSeconds(60));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(context.Survivors);
    }
}
