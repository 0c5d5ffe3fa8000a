using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>What the engine would hand to a plugin, over a temporary folder.</summary>
internal sealed class TestContext : NodeContext, IDisposable
{
    private static int s_lastExecution;

    public TestContext(params (string Key, string Value)[] properties) =>
        Properties = properties.ToDictionary(property => property.Key, property => property.Value);

    private readonly TemporaryFolder _scratch = new();

    public TemporaryFolder Folder { get; } = new();

    public ScratchFiles Scratch => field ??= new ScratchFiles(_scratch.Path);

    public RecordingLog Recorded { get; } = new();

    public override AttemptId Attempt { get; } = new(Interlocked.Increment(ref s_lastExecution), 0, 1);

    public override string NodeName => "extract";

    public override string NodeType => "command";

    public override IReadOnlyDictionary<string, string> Properties { get; }

    public override NodeLog Log => Recorded;

    public override IReadOnlyDictionary<string, string> Marker =>
        new Dictionary<string, string> { ["SCHEDULER_SILO"] = $"test-{Environment.ProcessId}", ["SCHEDULER_ATTEMPT"] = Attempt.ToString() };

    public override TimeProvider Clock => TimeProvider.System;

    /// <summary>Every file of the folder, hidden ones included, relative and sorted.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder.Path, path)).Order(StringComparer.Ordinal)];

    public override ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken) => new(Folder.Path);

    public override ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken) => new(Folder.Path);

    public Dictionary<string, DataSource> DataSources { get; } = [];

    public Dictionary<string, string> Secrets { get; } = [];

    public List<NodeProgress> Progress { get; } = [];

    public List<string> Handles { get; } = [];

    public override DataSource? FindDataSource(string name) => DataSources.GetValueOrDefault(name);

    public override string Reveal(string text) =>
        Secrets.Aggregate(text, (revealed, secret) => revealed.Replace($"${{secret:{secret.Key}}}", secret.Value, StringComparison.Ordinal));

    public override void Report(NodeProgress progress)
    {
        lock (Progress) Progress.Add(progress);
    }

    public override Task SaveHandleAsync(string handle, CancellationToken cancellationToken)
    {
        Handles.Add(handle);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Folder.Dispose();
        _scratch.Dispose();
    }
}
