using System.Globalization;
using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Processes.Native;

/// <summary>
/// posix_spawn(3): starts a program in a session of its own, with default signal handling and none of this process's descriptors but
/// those it is given.
/// </summary>
internal static unsafe class Spawner
{
    /// <summary>Larger than the opaque structures of glibc (336 bytes) and musl on any processor.</summary>
    private const int OpaqueSize = 512;

    private static readonly byte* s_attributes = CreateAttributes();

    /// <param name="path">Found through this process's PATH when it has no slash; relative to the directory otherwise.</param>
    /// <param name="arguments">From the program's name on.</param>
    /// <param name="environment">All of it; nothing is inherited.</param>
    /// <param name="directory">Becomes the working directory.</param>
    /// <param name="gate">A file without which nothing is started; null when nothing depends on one.</param>
    /// <param name="input">Becomes standard input; null for none.</param>
    /// <param name="output">Becomes standard output; null for none.</param>
    /// <param name="error">Becomes standard error; null for the same as standard output.</param>
    /// <param name="pid">Also the number of the new session.</param>
    /// <returns>0, or the error number of whatever did not work: opening the gate, changing the directory or executing the file.</returns>
    public static int Spawn(
        string path, StringTable arguments, StringTable environment, string directory, string? gate, int? input, int? output, int? error,
        out int pid)
    {
        pid = 0;
        using var strings = new StringTable();
        strings.Add(path);
        strings.Add(directory);
        strings.Add("/dev/null");
        if (gate is not null) strings.Add(gate);
        var text = strings.Pointers();
        var actions = stackalloc byte[OpaqueSize];
        if (Libc.InitActions(actions) != 0) return Errors.OutOfMemory;

        try
        {
            // The child opens it itself, so there is no moment between a look and the start.
            var added = gate is null ? 0 : Libc.AddOpen(actions, 0, text[3], Flags.ReadOnly, 0);
            added |= Redirect(actions, input, 0, text[2]) | Redirect(actions, output, 1, text[2])
                | Libc.AddDuplicate(actions, error ?? 1, 2)
                | Libc.AddChangeDirectory(actions, text[1]);
            if (added != 0) return Errors.OutOfMemory;

            return Libc.Spawn(out pid, text[0], actions, s_attributes, arguments.Pointers(), environment.Pointers());
        }
        finally
        {
            Libc.DestroyActions(actions);
        }
    }

    private static int Redirect(byte* actions, int? source, int target, byte* nowhere) => source is { } descriptor
        ? Libc.AddDuplicate(actions, descriptor, target)
        : Libc.AddOpen(actions, target, nowhere, Flags.ReadWrite, 0);

    /// <summary>The runtime ignores SIGPIPE, which a child would inherit; <c>yes | head</c> would then never end.</summary>
    private static byte* CreateAttributes()
    {
        KeepChildrenWaitable();
        KeepInheritedDescriptors();
        var attributes = (byte*)NativeMemory.AllocZeroed(OpaqueSize);
        var signals = stackalloc byte[OpaqueSize];
        Libc.InitAttributes(attributes);
        Libc.FillSignals(signals);
        Libc.SetDefaultSignals(attributes, signals);
        Libc.EmptySignals(signals);
        Libc.SetSignalMask(attributes, signals);
        var error = Libc.SetFlags(attributes, Flags.SpawnDefaultSignals | Flags.SpawnSignalMask | Flags.SpawnNewSession);
        if (error != 0) throw new PlatformNotSupportedException("The C library cannot start a program in a session of its own.");
        return attributes;
    }

    /// <summary>
    /// A parent that ignored SIGCHLD hands that down, and the kernel then throws exit statuses away. Where it is still ignored, the
    /// runtime has no handler of its own for it that this could disturb.
    /// </summary>
    private static void KeepChildrenWaitable()
    {
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        var mask = Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16);
        if ((mask & (1UL << (Signals.Child - 1))) != 0) Libc.SetSignalHandler(Signals.Child, handler: 0);
    }

    /// <summary>.NET opens everything close-on-exec; what this process itself was started with is not.</summary>
    private static void KeepInheritedDescriptors()
    {
        foreach (var link in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture);
            if (descriptor > 2) Libc.Control(descriptor, Flags.SetDescriptorFlags, Flags.CloseDescriptorOnExec);
        }
    }
}
