using System.Runtime.CompilerServices;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Plugins.Settings;
using Scheduler.Silo.Tests.Nodes;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Plugins;

public sealed class PluginLoadTests : IDisposable
{
    private readonly PluginBench bench = new();

    [Fact]
    public async Task A_plugin_brings_its_node_types_with_their_schema()
    {
        bench.Install("samples");

        var status = Assert.Single(await bench.LoadAsync());

        Assert.Null(status.Fault);
        Assert.Equal(("samples", "1.0", PluginIsolation.InProcess), (status.Name, status.Version, status.Isolation));
        Assert.Contains("sample.greet", status.NodeTypes);
        var greet = bench.Types.Find("sample.greet")!.Description;
        Assert.Equal(("samples", "Greet", "问候"), (greet.Plugin, greet.Title, greet.TitleZh));
        Assert.Equal("姓名", (string?)greet.Schema!["properties"]!["name"]!["x-zh"]!["title"]);
    }

    [Fact]
    public async Task It_runs_with_everything_that_a_context_offers()
    {
        bench.Install("samples");
        await bench.LoadAsync();
        var context = new FakeContext("sample.greet", ("name", "Ann"), ("times", "2"), ("source", "warehouse"));

        var result = Assert.IsType<NodeResult.Succeeded>(await bench.RunAsync(context));

        Assert.Equal("Ann", result.Outputs["greeted"]);
        Assert.Equal($"{Environment.ProcessId}", result.Outputs["process"]);
        Assert.Equal(["greeting Ann"], context.Handles);
    }

    [Fact]
    public async Task A_bad_plugin_stops_no_other()
    {
        bench.Install("b-samples");
        bench.Install("a-throwing", "ThrowingPlugin");
        bench.Write("c-broken", "{");

        var plugins = await bench.LoadAsync();

        Assert.Equal(["a-throwing", "b-samples", "c-broken"], plugins.Select(plugin => plugin.Name));
        Assert.Equal([false, true, false], plugins.Select(plugin => plugin.Fault is null));
        Assert.NotNull(bench.Types.Find("sample.greet"));
    }

    [Fact]
    public async Task Installing_removing_and_changing_count_at_the_next_look()
    {
        Assert.Empty(await bench.LoadAsync());

        var folder = bench.Install("samples");
        Assert.Single(await bench.LoadAsync());
        var before = bench.Types.Find("sample.greet");

        await bench.LoadAsync();
        Assert.Same(before, bench.Types.Find("sample.greet"));

        File.AppendAllText(Path.Combine(folder, "readme.txt"), "changed");
        await bench.LoadAsync();
        Assert.NotSame(before, bench.Types.Find("sample.greet"));
        Assert.IsType<NodeResult.Succeeded>(await before!.Plugin!.RunAsync(new FakeContext("sample.greet", ("name", "Ann")), default));

        Directory.Delete(folder, recursive: true);
        Assert.Empty(await bench.LoadAsync());
        Assert.Null(bench.Types.Find("sample.greet"));
    }

    [Fact]
    public async Task What_is_unloaded_is_gone_from_memory_and_disk()
    {
        bench.Install("samples");
        var context = await RunAndUnloadAsync();

        await Eventually.TrueAsync(() => IsCollected(context), TimeSpan.FromSeconds(60));
        await bench.LoadAsync();
        Assert.Empty(bench.Copies);
    }

    [Fact]
    public async Task A_folder_whose_name_begins_with_a_dot_is_still_being_filled()
    {
        bench.Install(".samples");

        Assert.Empty(await bench.LoadAsync());
    }

    [Fact]
    public async Task Copies_that_a_killed_process_has_left_are_removed()
    {
        var left = Directory.CreateDirectory(Path.Combine(bench.Options.CopyFolder, "dead", "1-samples")).FullName;
        bench.Install("samples");

        await bench.LoadAsync();

        Assert.False(Directory.Exists(left));
        Assert.Equal(["1-samples"], bench.Copies);
    }

    public void Dispose() => bench.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> RunAndUnloadAsync()
    {
        await bench.LoadAsync();
        await bench.RunAsync(new FakeContext("sample.greet", ("name", "Ann")));
        var context = new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(bench.Types.Find("sample.greet")!.Plugin!.GetType().Assembly));
        Directory.Delete(Path.Combine(bench.Folder, "samples"), recursive: true);
        await bench.LoadAsync();
        return context;
    }

    /// <summary>What .NET knows about types for JSON goes when it next looks at one, a second later.</summary>
    private static bool IsCollected(WeakReference context)
    {
        SettingsSchema.Of(typeof(LoadSettings));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return !context.IsAlive;
    }
}
