using System.ComponentModel;
using System.Runtime.InteropServices;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>What .NET does not offer for files: making a folder's names durable, and swapping two folders at once.</summary>
internal static partial class NativeFiles
{
    private const string Library = "libc";
    private const int CurrentDirectory = -100;
    private const uint Exchange = 2;
    private const int InvalidArgument = 22;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;

    /// <summary>A new name in a folder survives a power failure only after this.</summary>
    public static void SyncFolder(string path)
    {
        var descriptor = Libc.Open(path, Flags.ReadOnly | Flags.CloseOnExec);
        if (descriptor < 0) throw Failure("open", path);

        try
        {
            // Some network file systems have no such call for folders, and no need of it.
            if (Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure("sync", path);
        }
        finally
        {
            Libc.Close(descriptor);
        }
    }

    /// <returns>False when the kernel or the file system cannot.</returns>
    public static bool TryExchange(string one, string other)
    {
        // glibc before 2.28 and musl have no name for the call; its number is that of the processor.
        int? call = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 316,
            Architecture.Arm64 => 276,
            _ => null,
        };
        if (call is null) return false;
        if (Call((nint)call, CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0) return true;

        return Marshal.GetLastPInvokeError() is InvalidArgument or NoSuchCall or NotSupported ? false : throw Failure("exchange", one);
    }

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Call(nint number, nint oldFolder, string oldPath, nint newFolder, string newPath, nuint flags);

    private static IOException Failure(string what, string path) =>
        new($"Cannot {what} {path}", new Win32Exception(Marshal.GetLastPInvokeError()));
}
