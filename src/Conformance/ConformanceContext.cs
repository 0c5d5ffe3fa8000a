using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>What the engine hands to a plugin, over a temporary folder. Keeps what the attempt does with it.</summary>
public class ConformanceContext : NodeContext, IDisposable
{
    private const int LongestHandle = 4096;

    private static int s_lastExecution;

    private readonly ConformanceContext? _first;
    private readonly TaskCompletionSource _isLost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConformanceContext(params (string Key, string Value)[] properties)
        : this(new ConformanceLog(), properties)
    {
    }

    /// <summary>The first attempt at a job, with the files of its package.</summary>
    public ConformanceContext(ConformanceCase job)
        : this([.. job.Properties.Select(property => (property.Key, property.Value))])
    {
        foreach (var (name, content) in job.Files) Folder.Write(name, content);
        foreach (var (name, value) in job.Secrets) Secrets[name] = value;
        foreach (var source in job.DataSources) DataSources[source.Name] = source;
    }

    protected ConformanceContext(ConformanceLog log, params (string Key, string Value)[] properties)
    {
        Log = log;
        Properties = properties.ToDictionary(property => property.Key, property => property.Value);
        Attempt = new(Interlocked.Increment(ref s_lastExecution), 0, 1);
        Folder = new();
        DataSources = [];
        Secrets = [];
    }

    private ConformanceContext(ConformanceContext before)
    {
        _first = before._first ?? before;
        Log = new ConformanceLog();
        Properties = before.Properties;
        Attempt = before.Attempt with { Number = before.Attempt.Number + 1 };
        Folder = before.Folder;
        DataSources = before.DataSources;
        Secrets = before.Secrets;
    }

    /// <summary>The copy of the package.</summary>
    public PackageFolder Folder { get; }

    /// <summary>Every file of the folder, hidden ones included, relative and sorted.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder.Path, path)).Order(StringComparer.Ordinal)];

    /// <summary>By name.</summary>
    public Dictionary<string, DataSource> DataSources { get; }

    /// <summary>Values by name.</summary>
    public Dictionary<string, string> Secrets { get; }

    /// <summary>What the attempt wrote to its log.</summary>
    public ConformanceLog Recorded => (ConformanceLog)Log;

    /// <summary>What it reported, in order.</summary>
    public List<NodeProgress> Progress { get; } = [];

    /// <summary>What it saved, in order; the last one counts. Empty again once it said that nothing goes on elsewhere any more.</summary>
    public List<string> Handles { get; } = [];

    public override AttemptId Attempt { get; }

    public override string NodeName => "node";

    public override string NodeType => Properties.GetValueOrDefault("type", "");

    public override IReadOnlyDictionary<string, string> Properties { get; }

    public override NodeLog Log { get; }

    public override IReadOnlyDictionary<string, string> Marker =>
        new Dictionary<string, string> { ["SCHEDULER_SILO"] = $"test-{Environment.ProcessId}", ["SCHEDULER_ATTEMPT"] = Attempt.ToString() };

    public override TimeProvider Clock => TimeProvider.System;

    /// <summary>Ends when an attempt that is lost with its handle has saved one.</summary>
    internal Task IsLost => _isLost.Task;

    /// <summary>The process ends as soon as a handle is stored: the attempt never learns that it is.</summary>
    internal bool IsLostWithHandle { get; init; }

    /// <summary>Any sign that the plugin is at work.</summary>
    internal bool ShowsLife => Reported.Count > 0 || Handles.Count > 0 || Recorded.Lines.Count > 0 || Recorded.Output.Length > 0;

    /// <summary>As <see cref="Progress"/>, while the attempt may still be running.</summary>
    internal IReadOnlyList<NodeProgress> Reported
    {
        get { lock (Progress) return [.. Progress]; }
    }

    /// <summary>The next attempt at the same node, as after this one was lost.</summary>
    public ConformanceContext NextAttempt() => new(this);

    public override ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken) => new(Folder.Path);

    public override ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken) => new(Folder.Path);

    public override DataSource? FindDataSource(string name) => DataSources.GetValueOrDefault(name);

    public override string Reveal(string text) =>
        Secrets.Aggregate(text, (revealed, secret) => revealed.Replace($"${{secret:{secret.Key}}}", secret.Value, StringComparison.Ordinal));

    public override void Report(NodeProgress progress)
    {
        lock (Progress) Progress.Add(progress);
    }

    public override async Task SaveHandleAsync(string? handle, CancellationToken cancellationToken)
    {
        if (handle is null)
        {
            Handles.Clear();
            return;
        }

        ArgumentException.ThrowIfNullOrEmpty(handle);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(handle.Length, LongestHandle, nameof(handle));
        Handles.Add(handle);
        if (!IsLostWithHandle) return;

        _isLost.TrySetResult();
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _first is null) Folder.Dispose();
    }
}
