using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using StreamJsonRpc;

namespace Scheduler.Silo.Plugins.Isolation;

/// <summary>What an attempt may use, fetched from the server when it is used.</summary>
internal sealed class HostedContext(AttemptMessage attempt, JsonRpc rpc) : NodeContext
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Lazy<Task<DirectoriesMessage>> directories = new(() => rpc.InvokeAsync<DirectoriesMessage>(Methods.PackageDirectory));
    private long? reportedAt;

    public override AttemptId Attempt { get; } = new(attempt.ExecutionId, attempt.Node, attempt.Attempt);

    public override string NodeName => attempt.NodeName;

    public override string NodeType => attempt.NodeType;

    public override IReadOnlyDictionary<string, string> Properties => attempt.Properties;

    public override NodeLog Log { get; } = new HostedLog(rpc);

    public override IReadOnlyDictionary<string, string> Marker => attempt.Marker;

    public override TimeProvider Clock => TimeProvider.System;

    public override async ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken) =>
        (await directories.Value.WaitAsync(cancellationToken)).Package;

    public override async ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken) =>
        (await directories.Value.WaitAsync(cancellationToken)).Default;

    public override DataSource? FindDataSource(string name) =>
        rpc.InvokeAsync<DataSourceMessage?>(Methods.DataSource, name).GetAwaiter().GetResult() is { } source
            ? new DataSource(source.Name, source.Kind, source.Options, source.Password)
            : null;

    public override string Reveal(string text) => rpc.InvokeAsync<string>(Methods.Reveal, text).GetAwaiter().GetResult();

    public override void Report(NodeProgress progress)
    {
        lock (gate)
        {
            if (reportedAt is { } last && Clock.GetElapsedTime(last) < BetweenReports) return;
            reportedAt = Clock.GetTimestamp();
        }

        rpc.NotifyWithParameterObjectAsync(Methods.Progress, progress).Ignore();
    }

    public override Task SaveHandleAsync(string? handle, CancellationToken cancellationToken) =>
        rpc.InvokeAsync(Methods.SaveHandle, handle).WaitAsync(cancellationToken);

    /// <summary>A line is handed over when the call is over; while the server is behind, the pipe is full and the call waits.</summary>
    private sealed class HostedLog(JsonRpc rpc) : NodeLog
    {
        public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default) =>
            SendAsync(Methods.Log, new { level = level.ToString(), text = message }, cancellationToken);

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default) =>
            SendAsync(Methods.Output, new { data = output.ToArray() }, cancellationToken);

        private async ValueTask SendAsync(string method, object parameters, CancellationToken cancellationToken) =>
            await rpc.NotifyWithParameterObjectAsync(method, parameters).WaitAsync(cancellationToken);
    }
}
