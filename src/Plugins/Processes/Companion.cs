using Microsoft.Win32.SafeHandles;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// A helper process in a session of its own whose standard input ends when this process does, however it does, or when it is
/// told to by <see cref="Release"/>.
/// </summary>
public sealed class Companion : IDisposable
{
    private readonly ChildProcess _child;
    private readonly SafeFileHandle _input;

    private Companion(ChildProcess child, SafeFileHandle input) => (_child, _input) = (child, input);

    public int Pid => _child.Pid;

    /// <summary>Completes when it has ended.</summary>
    public Task Exited => _child.Exited;

    /// <param name="start">What to run. Its outputs go nowhere.</param>
    /// <returns>The companion, or why there is none.</returns>
    public static (Companion? Companion, string? Refusal) Start(ProcessStart start)
    {
        var error = ChildProcess.TryStart(start, out var child, out SafeFileHandle? input);
        return child is null || input is null
            ? (null, StartError.Describe(error, start).Message)
            : (new Companion(child, input), null);
    }

    /// <summary>Ends its standard input.</summary>
    public void Release() => _input.Dispose();

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        Release();
        _child.Dispose();
    }
}
