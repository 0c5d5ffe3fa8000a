using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Processes.Native;

/// <summary>Signals that jobs are sent. The numbers are those of Linux on every processor .NET runs on.</summary>
internal static class Signals
{
    /// <summary>Sends nothing; tells whether there is somebody to send to.</summary>
    public const int Probe = 0;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Child = 17;
}

/// <summary>Error numbers with a meaning of their own here.</summary>
internal static class Errors
{
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int TooLong = 7;
    public const int NotExecutable = 8;
    public const int Again = 11;
    public const int OutOfMemory = 12;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int SystemFilesExhausted = 23;
    public const int FilesExhausted = 24;
}

/// <summary>Flags of the calls in <see cref="Libc"/>, as in the headers of Linux.</summary>
internal static class Flags
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int CreateNew = 0xC0;
    public const int Truncate = 0x200;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int SetDescriptorFlags = 2;
    public const int CloseDescriptorOnExec = 1;
    public const int SetStatusFlags = 4;
    public const int DuplicateCloseOnExec = 1030;
    public const int SeekStart = 0;
    public const int SeekEnd = 2;

    /// <summary>Refuses a symbolic link at the end of the path. One of the few flags whose value depends on the processor.</summary>
    public static int NoFollow { get; } =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le ? 0x8000 : 0x20000;

    public const short SpawnDefaultSignals = 0x04;
    public const short SpawnSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitLeaveWaitable = 0x1000000;
    public const int WaitForPid = 1;

    public const int PollAdd = 1;
    public const int PollModify = 3;
    public const uint PollReadable = 0x1;
    public const uint PollOneShot = 1u << 30;
}
