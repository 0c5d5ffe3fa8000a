using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

internal sealed unsafe partial class ChildProcess
{
    /// <param name="start">What to run.</param>
    /// <param name="child">Null when it could not be started.</param>
    /// <param name="output">Both outputs of the child.</param>
    /// <returns>0, or the error number (<see cref="StartError"/>).</returns>
    public static int TryStart(ProcessStart start, out ChildProcess? child, out PipeReader? output)
    {
        (child, output) = (null, null);
        if (Pipe.TryOpen() is not { } pipe) return Marshal.GetLastPInvokeError();

        var error = Spawn(start, input: null, pipe.Write, out child);
        Libc.Close(pipe.Write);
        if (error == 0) output = new PipeReader(pipe.Read);
        else Libc.Close(pipe.Read);
        return error;
    }

    /// <param name="start">What to run. Its outputs go nowhere.</param>
    /// <param name="child">Null when it could not be started.</param>
    /// <param name="input">As long as it is open, and this process lives, the child's standard input does not end.</param>
    /// <returns>0, or the error number (<see cref="StartError"/>).</returns>
    public static int TryStart(ProcessStart start, out ChildProcess? child, out SafeFileHandle? input)
    {
        (child, input) = (null, null);
        if (Pipe.TryOpen() is not { } pipe) return Marshal.GetLastPInvokeError();

        var error = Spawn(start, pipe.Read, output: null, out child);
        Libc.Close(pipe.Read);
        if (error == 0) input = new SafeFileHandle(pipe.Write, ownsHandle: true);
        else Libc.Close(pipe.Write);
        return error;
    }

    private static int Spawn(ProcessStart start, int? input, int? output, out ChildProcess? child)
    {
        child = null;
        using var arguments = new StringTable();
        arguments.Add(start.Program);
        foreach (var argument in start.Arguments) arguments.Add(argument);
        using var environment = new StringTable();
        InheritedEnvironment.Compose(environment, start.Marker, start.Environment);
        if (arguments.HasZeroCharacter || environment.HasZeroCharacter) return StartError.ZeroCharacter;

        var error = Spawner.Spawn(start.Program, arguments, environment, start.Directory, start.Gate, input, output, out var pid);
        if (error == 0) child = new ChildProcess(pid);
        return error;
    }
}
