using System.Text;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.Silo.Tests.Plugins;

/// <summary>An attempt that remembers what its plugin has said.</summary>
internal sealed class FakeContext(string nodeType, params (string Key, string Value)[] properties) : NodeContext
{
    private static int last;
    private readonly MemoryLog log = new();

    public override AttemptId Attempt => Id;

    public AttemptId Id { get; init; } = new(1_000_000 + Interlocked.Increment(ref last), 2, 3);

    public override string NodeName => Name;

    public string Name { get; init; } = "node";

    public override string NodeType => nodeType;

    public override IReadOnlyDictionary<string, string> Properties { get; } = properties.ToDictionary(property => property.Key, property => property.Value);

    public override NodeLog Log => log;

    public override IReadOnlyDictionary<string, string> Marker => new Dictionary<string, string> { ["SCHEDULER_ATTEMPT"] = Attempt.ToString() };

    public override TimeProvider Clock => TimeProvider.System;

    public string Text => log.Text;

    /// <summary>Bytes of raw output.</summary>
    public long Bytes => log.Bytes;

    public List<string> Handles { get; } = [];

    public List<NodeProgress> Progress { get; } = [];

    /// <summary>Everything that carries the marker and runs.</summary>
    public IReadOnlyList<int> Survivors => ProcessTable.Find(new MarkerSet([Marker]).Matches);

    public override ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken) => new("/package");

    public override ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken) => new("/package/jobs");

    public override DataSource? FindDataSource(string name) =>
        name == "warehouse" ? new DataSource(name, DataSourceKinds.MySql, new Dictionary<string, string> { ["host"] = "db" }, "pa$$") : null;

    public override string Reveal(string text) => text.Replace("${secret:token}", "t0ken", StringComparison.Ordinal);

    public override void Report(NodeProgress progress) => Progress.Add(progress);

    public override Task SaveHandleAsync(string? handle, CancellationToken cancellationToken)
    {
        if (handle is not null) Handles.Add(handle);
        return Task.CompletedTask;
    }

    private sealed class MemoryLog : NodeLog
    {
        private const int Kept = 1_000_000;
        private readonly StringBuilder text = new();
        private long bytes;

        public string Text
        {
            get
            {
                lock (text) return text.ToString();
            }
        }

        public long Bytes => Interlocked.Read(ref bytes);

        public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default)
        {
            lock (text) text.Append(level).Append(' ').Append(message).Append('\n');
            return default;
        }

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref bytes, output.Length);
            lock (text)
                if (text.Length < Kept) text.Append(Encoding.UTF8.GetString(output.Span));
            return default;
        }
    }
}
