using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

/// <summary>A node type <c>load</c> with a setting of every kind.</summary>
[NodeType("load", Version = 3, Title = "Load", TitleZh = "加载", Settings = typeof(LoadSettings))]
internal sealed class LoadPlugin : NodePlugin<LoadSettings>
{
    /// <summary>The built-in types, and this.</summary>
    public static NodeTypes Types() => new(BuiltInPlugins.Create(new ProcessOptions(), new ExportOptions(), new HttpOptions()).Append(new LoadPlugin()).SelectMany(NodeType.Of));

    protected override Task<NodeResult> RunAsync(LoadSettings settings, NodeContext context, CancellationToken cancellationToken) =>
        Task.FromResult<NodeResult>(NodeResult.Succeeded.WithoutOutputs);
}

internal enum LoadMode
{
    Append,
    Overwrite,
}

internal sealed class LoadSettings
{
    [Setting("Table", "表"), RegularExpression("[a-z.]+")]
    public required string Table { get; set; }

    [Setting("Rows per batch", "批大小"), Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    [Setting("Mode", "模式")]
    public LoadMode Mode { get; set; }

    [Setting("Transaction", "事务")]
    public bool Transaction { get; set; }

    [Setting("Give up after", "超时")]
    public TimeSpan? Patience { get; set; }

    [Setting("Columns", "列")]
    public IReadOnlyList<string>? Columns { get; set; }

    [Setting("Headers", "请求头")]
    public Dictionary<string, string>? Header { get; set; }
}
