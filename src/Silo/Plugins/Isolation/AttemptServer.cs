using Scheduler.Contracts.Plugins;
using StreamJsonRpc;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>Answers what the process of a plugin asks for during an attempt. Secrets go through the pipe alone, and only when asked for.</summary>
internal sealed class AttemptServer(NodeContext context, CancellationToken cancellationToken)
{
    [JsonRpcMethod(Methods.Progress, UseSingleObjectParameterDeserialization = true)]
    public void Report(NodeProgress progress) => context.Report(progress);

    [JsonRpcMethod(Methods.SaveHandle)]
    public Task SaveHandleAsync(string? handle) => context.SaveHandleAsync(handle, cancellationToken);

    [JsonRpcMethod(Methods.PackageDirectory)]
    public async Task<DirectoriesMessage> FindDirectoriesAsync() =>
        new(await context.GetPackageDirectoryAsync(cancellationToken), await context.GetDefaultDirectoryAsync(cancellationToken));

    /// <summary>Null when the node may not use it.</summary>
    [JsonRpcMethod(Methods.DataSource)]
    public DataSourceMessage? FindDataSource(string name) =>
        context.FindDataSource(name) is { } source ? new(source.Name, source.Kind, source.Options, source.Password) : null;

    [JsonRpcMethod(Methods.Reveal)]
    public string Reveal(string text) => context.Reveal(text);
}
