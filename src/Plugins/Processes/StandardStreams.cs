using Microsoft.Win32.SafeHandles;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>The standard streams of this process, when somebody talks to it through them.</summary>
public static class StandardStreams
{
    /// <summary>
    /// Takes standard input and output away from everybody else in this process, native code included: from now on reading gives nothing,
    /// and what is written on standard output goes to standard error.
    /// </summary>
    public static (Stream Input, Stream Output) Take()
    {
        var input = Own(0);
        var output = Own(1);
        var nothing = Libc.Open("/dev/null", Flags.ReadOnly | Flags.CloseOnExec);
        _ = Libc.Duplicate(nothing, 0);
        _ = Libc.Duplicate(2, 1);
        Libc.Close(nothing);

        // The console has copies of its own, from whenever it was used first.
        Console.SetIn(TextReader.Null);
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        return (new FileStream(input, FileAccess.Read, bufferSize: 0), new FileStream(output, FileAccess.Write, bufferSize: 0));
    }

    /// <summary>A second descriptor for the same, which children do not inherit.</summary>
    private static SafeFileHandle Own(int descriptor)
    {
        var own = Libc.Control(descriptor, Flags.DuplicateCloseOnExec, 3);
        return own < 0 ? throw new IOException($"There is no standard stream {descriptor}") : new SafeFileHandle(own, ownsHandle: true);
    }
}
