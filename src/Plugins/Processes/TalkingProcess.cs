using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// A program of an attempt that is talked to through its standard input and output; what it writes on standard error goes to the log.
/// Otherwise as <see cref="AttemptProcess"/>: once it has ended, nothing that carries the attempt's marker runs any more.
/// </summary>
public sealed class TalkingProcess : IAsyncDisposable
{
    private readonly ChildProcess _child;
    private readonly PipeReader _errors;
    private readonly CancellationTokenSource _stop = new();
    private readonly ProcessOptions _options;
    private readonly TimeProvider _clock;

    private TalkingProcess(ChildProcess child, ChildStreams streams, ProcessStart start, NodeLog log, ProcessOptions options)
    {
        (_child, _errors, _options, _clock) = (child, streams.Errors, options, start.Clock);
        Input = new FileStream(streams.Input, FileAccess.Write, bufferSize: 0);
        Output = new PipeStream(streams.Output);
        Ended = new AttemptRun(child, streams.Errors, log, start, options, options.LeftoverGrace).UntilOverAsync(_stop.Token);
    }

    /// <summary>Its standard input. A write waits while the program does not read, and fails once it has ended.</summary>
    public Stream Input { get; }

    /// <summary>Its standard output.</summary>
    public Stream Output { get; }

    /// <summary>How it ended by itself; cancelled when it had to be stopped. Nothing of it runs any more by then.</summary>
    public Task<ProcessEnding> Ended { get; }

    /// <param name="start">What to run.</param>
    /// <param name="log">Takes standard error.</param>
    /// <param name="options">Limits of time.</param>
    /// <returns>The process, or why there is none.</returns>
    public static (TalkingProcess? Process, ProcessEnding.NotStarted? Refusal) Start(ProcessStart start, NodeLog log, ProcessOptions options)
    {
        var error = ChildProcess.TryStart(start, out var child, out ChildStreams? streams);
        return child is null || streams is null
            ? (null, StartError.Describe(error, start))
            : (new TalkingProcess(child, streams, start, log, options), null);
    }

    /// <summary>Ends everything of the attempt: SIGTERM, <see cref="ProcessOptions.LeftoverGrace"/>, SIGKILL. Returns at once.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends its standard input; one that does not end by itself soon after is stopped. Completes when nothing of it runs any more.</summary>
    public async Task EndAsync()
    {
        // Closing waits for a write that nobody reads; the end of the process ends that.
        var closing = Input.DisposeAsync().AsTask();
        await ((Task)Ended).WaitAsync(_options.LeftoverLinger, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompleted) Stop();
        await ((Task)Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Output.DisposeAsync();
        _errors.Dispose();
        _child.Dispose();
        _stop.Dispose();
    }
}
