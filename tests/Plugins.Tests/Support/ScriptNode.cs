using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>One attempt at a script on a data source named <c>db</c>.</summary>
internal sealed class ScriptNode : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private readonly INodePlugin _plugin;

    public ScriptNode(INodePlugin plugin, DataSource source, params (string Key, string Value)[] properties)
    {
        _plugin = plugin;
        Context = new([("datasource", "db"), .. properties]);
        Context.DataSources["db"] = source;
    }

    public TestContext Context { get; }

    public IReadOnlyList<string> Log => Context.Recorded.Lines;

    public static async Task<NodeResult> RunAsync(DataSource source, string script, params (string Key, string Value)[] properties)
    {
        using var node = new ScriptNode(new SqlPlugin(), source, [("script", script), .. properties]);
        return await node.RunAsync();
    }

    public static async Task<IReadOnlyDictionary<string, string>> OutputsAsync(DataSource source, string script, params (string Key, string Value)[] properties) =>
        Succeeded(await RunAsync(source, script, properties));

    public static IReadOnlyDictionary<string, string> Succeeded(NodeResult result)
    {
        if (result is NodeResult.Failed failed) Assert.Fail($"{failed.Code}: {failed.Message}");
        return Assert.IsType<NodeResult.Succeeded>(result).Outputs;
    }

    public Task<NodeResult> RunAsync(CancellationToken cancellationToken = default) =>
        _plugin.RunAsync(Context, cancellationToken).WaitAsync(s_soon, CancellationToken.None);

    public void Dispose() => Context.Dispose();
}
