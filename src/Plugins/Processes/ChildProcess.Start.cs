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

        var error = Spawn(start, input: null, pipe.Write, errors: null, out child);
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

        var error = Spawn(start, pipe.Read, output: null, errors: null, out child);
        Libc.Close(pipe.Read);
        if (error == 0) input = new SafeFileHandle(pipe.Write, ownsHandle: true);
        else Libc.Close(pipe.Write);
        return error;
    }

    /// <param name="start">What to run.</param>
    /// <param name="child">Null when it could not be started.</param>
    /// <param name="streams">All three of the child.</param>
    /// <returns>0, or the error number (<see cref="StartError"/>).</returns>
    public static int TryStart(ProcessStart start, out ChildProcess? child, out ChildStreams? streams)
    {
        (child, streams) = (null, null);
        Span<(int Read, int Write)> pipes = stackalloc (int, int)[3];
        for (var i = 0; i < pipes.Length; i++)
        {
            if (Pipe.TryOpen() is not { } pipe)
            {
                var failure = Marshal.GetLastPInvokeError();
                foreach (var (read, write) in pipes[..i]) Close(read, write);
                return failure;
            }

            pipes[i] = pipe;
        }

        var (input, output, errors) = (pipes[0], pipes[1], pipes[2]);
        var error = Spawn(start, input.Read, output.Write, errors.Write, out child);
        Close(input.Read, output.Write, errors.Write);
        if (error == 0)
            streams = new ChildStreams(new SafeFileHandle(input.Write, ownsHandle: true), new PipeReader(output.Read), new PipeReader(errors.Read));
        else Close(input.Write, output.Read, errors.Read);
        return error;
    }

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors) Libc.Close(descriptor);
    }

    private static int Spawn(ProcessStart start, int? input, int? output, int? errors, out ChildProcess? child)
    {
        child = null;
        using var arguments = new StringTable();
        arguments.Add(start.Program);
        foreach (var argument in start.Arguments) arguments.Add(argument);
        using var environment = new StringTable();
        InheritedEnvironment.Compose(environment, start.Marker, start.Environment);
        if (arguments.HasZeroCharacter || environment.HasZeroCharacter) return StartError.ZeroCharacter;

        var error = Spawner.Spawn(start.Program, arguments, environment, start.Directory, start.Gate, input, output, errors, out var pid);
        if (error == 0) child = new ChildProcess(pid);
        return error;
    }
}
