using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>One attempt at a shell script, with a marker of its own and times short enough for tests.</summary>
internal sealed class Attempt
{
    public Dictionary<string, string> Marker { get; } = new() { ["SCHEDULER_SILO"] = "test", ["SCHEDULER_ATTEMPT"] = Guid.NewGuid().ToString("N") };

    public RecordingLog Log { get; } = new();

    public ProcessOptions Options { get; } = new()
    {
        KillGrace = TimeSpan.FromSeconds(10),
        LeftoverLinger = TimeSpan.FromMilliseconds(300),
        LeftoverGrace = TimeSpan.FromMilliseconds(300),
    };

    /// <summary>Everything that carries the marker and runs.</summary>
    public IReadOnlyList<int> Survivors => ProcessTable.Find(new MarkerSet([Marker]).Matches);

    public Task<ProcessEnding> ShAsync(string script, CancellationToken cancellationToken = default) =>
        RunAsync("/bin/sh", ["-c", script], cancellationToken);

    public Task<ProcessEnding> BashAsync(string script, CancellationToken cancellationToken = default) =>
        RunAsync("/bin/bash", ["-c", script], cancellationToken);

    public Task<ProcessEnding> RunAsync(string program, string[] arguments, CancellationToken cancellationToken = default) =>
        RunAsync(new ProcessStart { Program = program, Arguments = arguments, Directory = "/tmp", Marker = Marker }, cancellationToken: cancellationToken);

    public Task<ProcessEnding> RunAsync(ProcessStart start, NodeLog? log = null, CancellationToken cancellationToken = default) =>
        AttemptProcess.RunAsync(start, log ?? Log, Options, grace: null, cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    /// <summary>Starts the script, waits for the text <c>ready</c> in its output, and cancels it.</summary>
    public async Task CancelWhenReadyAsync(string script)
    {
        using var stop = new CancellationTokenSource();
        var run = BashAsync(script, stop.Token);
        await Eventually.TrueAsync(() => Log.Text.Contains("ready", StringComparison.Ordinal) || run.IsCompleted, "the script is ready");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
