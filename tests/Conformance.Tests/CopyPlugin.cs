using System.Globalization;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

/// <summary>A plugin without fault: reads a file of the package, and writes a result once. Others get one thing of it wrong.</summary>
[NodeType("copy", Title = "Copy", TitleZh = "复制", Settings = typeof(CopySettings))]
internal class CopyPlugin : NodePlugin<CopySettings>
{
    public const string ResultFile = "result";

    protected override async Task<NodeResult> RunAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var folder = await context.GetDefaultDirectoryAsync(cancellationToken);
        var source = Path.Combine(folder, settings.From);
        await TellAsync(context, $"Reading {settings.From}");
        if (!File.Exists(source)) return Missing(settings.From);
        if (settings.Token.Length > 0 && context.Reveal(settings.Token) == settings.Token) return Missing("token");

        var text = await File.ReadAllTextAsync(source, cancellationToken);
        await WorkAsync(settings, context, cancellationToken);
        await WriteAsync(Path.Combine(folder, ResultFile), text, context);
        return new NodeResult.Succeeded(Outputs(text));
    }

    protected virtual ValueTask TellAsync(NodeContext context, string message) => context.Log.WriteLineAsync(LogLevel.Info, message);

    protected virtual NodeResult Missing(string what) => new NodeResult.Failed("copy.missing", $"There is no {what}", CanRetry: false);

    protected virtual Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken) =>
        Task.Delay(settings.Pause, context.Clock, cancellationToken);

    /// <summary>One line per piece of work.</summary>
    protected virtual async Task WriteAsync(string path, string text, NodeContext context)
    {
        if (!File.Exists(path)) await File.WriteAllTextAsync(path, $"{context.IdempotencyKey}\n");
    }

    protected virtual Dictionary<string, string> Outputs(string text) =>
        new() { ["length"] = text.Length.ToString(CultureInfo.InvariantCulture), ["at"] = DateTime.UnixEpoch.ToString("o", CultureInfo.InvariantCulture) };
}
