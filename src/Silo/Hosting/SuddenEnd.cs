using System.Diagnostics;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// Ends a silo that the others have given up, at once and without a word to anybody: they wait only so long before they run its jobs
/// again. The reaper kills the jobs as soon as the process is gone.
/// </summary>
internal sealed class SuddenEnd : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // The loggers write later, and there is no later.
        Console.Error.WriteLine($"This silo ends: {context} {exception?.Message}");
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
