using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// Runs one program as part of an attempt. When the call is over, by any way, nothing that carries the attempt's marker runs any
/// more; the one exception is a daemon that has left its session and closed its outputs, which <see cref="Leave"/> takes care of.
/// </summary>
/// <remarks>
/// Processes in the background are of the attempt and do not outlive it: after the main process has ended by itself they may linger
/// for <see cref="ProcessOptions.LeftoverLinger"/> and are then ended. An attempt runs one program at a time.
/// </remarks>
public static class AttemptProcess
{
    /// <param name="start">What to run.</param>
    /// <param name="log">Takes standard output and standard error, in the order written.</param>
    /// <param name="options">Limits of time.</param>
    /// <param name="grace">Between SIGTERM and SIGKILL; null for that of the options.</param>
    /// <param name="cancellationToken">Ends everything of the attempt.</param>
    /// <exception cref="OperationCanceledException">It was told to stop before the main process had ended by itself.</exception>
    public static async Task<ProcessEnding> RunAsync(
        ProcessStart start, NodeLog log, ProcessOptions options, TimeSpan? grace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var error = Start(start, out var child, out var output);
        if (child is null || output is null) return StartError.Describe(error, start);

        using (child)
        using (output)
            return await new AttemptRun(child, output, log, start, options, grace ?? options.KillGrace).UntilOverAsync(cancellationToken);
    }

    /// <summary>
    /// The attempt is over and starts nothing more: within about a second, daemons are gone that no open output and no session
    /// betrayed. Call it once, after the last program; one that is started later would be taken for such a daemon.
    /// </summary>
    public static void Leave(IReadOnlyDictionary<string, string> marker, ProcessOptions options) => EndedAttempts.Add(marker, options);

    /// <summary>A script without a <c>#!</c> line goes to the shell, as it does everywhere else.</summary>
    private static int Start(ProcessStart start, out ChildProcess? child, out PipeReader? output)
    {
        var error = ChildProcess.TryStart(start, out child, out output);
        return error == Errors.NotExecutable
            ? ChildProcess.TryStart(
                start with { Program = "/bin/sh", Arguments = [start.Program, .. start.Arguments] }, out child, out output)
            : error;
    }
}
